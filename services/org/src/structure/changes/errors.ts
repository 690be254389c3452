import { defineErrors } from '@linghang/subgraph/errors'

/** What a change to an organisation is refused for. */
export const { fail, table } = defineErrors({
  CHANGE_SAYS_OTHERWISE: {
    zh: '{kind} 须填写 {wanted}，不填写其他内容；现填写了 {found}',
    en: '{kind} says {wanted} and nothing else; found {found}',
  },
  CHANGE_CHANGES_NOTHING: { zh: '申请的内容与现状相同：{found}', en: 'This is how it is already: {found}' },
  CHANGE_OPEN_ALREADY: {
    zh: '该党组织的同类变更正在办理，请等候批复或先撤回',
    en: 'A change of this kind is under way for this organisation: wait for it or take it back',
  },
  UPGRADE_REFUSED: {
    zh: '{found} 只能升格为 {wanted}（{article}，{source}）',
    en: 'A {found} can be upgraded to {wanted} ({article}, {source})',
  },
  ROOT_STAYS: {
    zh: '党组织 {code} 之上没有党组织，不能撤销或合并',
    en: 'Nobody is above {code}: it cannot be dissolved or merged',
  },
  ENDING_HAS_INFERIORS: {
    zh: '党组织 {code} 之下还有 {found} 个党组织：先转到其他党组织之下',
    en: '{found} organisations are below {code}: move them first',
  },
  ENDING_HAS_PEOPLE: {
    zh: '党组织 {code} 还编有人员：先转出，或写明并入哪个党支部（{article}，{source}）',
    en: 'People belong to {code}: move them first, or say to which branch they come ({article}, {source})',
  },
  ENDING_HAS_OPEN_MATTERS: {
    zh: '党组织 {code} 还有未办结的事项：换届选举 {elections} 项，未召开或未归档的会议 {meetings} 个，待上级或待其批复的事项 {requests} 项，先办结或撤回',
    en: 'At {code} are open: {elections} elections, {meetings} meetings to be held or closed, {requests} requests to or by a superior: finish or withdraw them first',
  },
  SUCCESSOR_REFUSED: {
    zh: '不能并入 {found}：应为另一个未撤销的{wantedZh}（{article}，{source}）',
    en: '{found} cannot take it in: wanted another {wanted} that goes on ({article}, {source})',
  },
  SPLIT_REFUSED: {
    zh: '{found} 不能分设：分设的是有上级的党支部（{article}，{source}）',
    en: 'A {found} is not split: only a branch with a superior is ({article}, {source})',
  },
  SPLIT_MEMBER_NOT_OF_BRANCH: {
    zh: '{memberId} 不是本支部的人员（{article}，{source}）',
    en: '{memberId} does not belong to this branch ({article}, {source})',
  },
  SPLIT_TOO_FEW: {
    zh: '分设后新支部有正式党员 {leaving} 人，原支部剩 {staying} 人，各应不少于 {wanted} 人（{article}，{source}）',
    en: 'The new branch would have {leaving} full members and the old one {staying}: wanted {wanted} in each ({article}, {source})',
  },
  LAST_DAY_PAST: {
    zh: '临时党支部的截止日期 {found} 不能早于 {wanted}（{article}，{source}）',
    en: 'A temporary branch would end on {found}: wanted {wanted} or later ({article}, {source})',
  },
  CHANGE_NOT_OPEN: { zh: '该变更为 {found}，应为 {wanted}', en: 'The change is {found}, wanted {wanted}' },
})
