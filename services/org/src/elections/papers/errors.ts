import { defineErrors } from '@linghang/subgraph/errors'

/** What is refused of an election's papers. */
export const { fail, table } = defineErrors({
  PAPER_NOT_NEEDED: {
    zh: '本次选举不需要《{title}》',
    en: 'This election has no paper {found} ({title})',
  },
  PAPER_OF_THE_SUPERIOR: {
    zh: '《{title}》由上级党组织制发，本组织不能代为生成',
    en: '{found} ({title}) is the superior’s to write: whoever holds an office there makes it',
  },
  PAPER_HAS_NO_OWN_WORDS: {
    zh: '《{title}》由选举情况自动填写，没有由本组织自行撰写的部分',
    en: '{found} ({title}) is filled from the election: nothing of it is the branch’s to write',
  },
  PAPER_WANTS_A_CANDIDATE: {
    zh: '《{title}》须按候选人撰写：{memberId} 不在候选人名单中',
    en: '{found} ({title}) is written of each candidate: {memberId} is none',
  },
  PAPER_IS_OF_NOBODY: {
    zh: '《{title}》不按人撰写，请不要指明党员',
    en: '{found} ({title}) is about nobody: name no member',
  },
  PAPER_TEXT_TOO_LONG: {
    zh: '{what} 为 {found}，最多 {wanted}',
    en: '{what}: found {found}, at most {wanted}',
  },
})
