import { defineErrors } from '@linghang/subgraph/errors'

const states = { TO_JUDGE: '待评', JUDGED: '待复核', RETURNED: '退回', LOCKED: '已锁定', PUBLISHED: '已公布' }
const inChinese = {
  ...states,
  'TO_JUDGE, JUDGED, RETURNED': '待评、待复核或退回',
}

/** What judging, reading, publishing and correcting a review is refused for. */
export const { fail, table } = defineErrors(
  {
    REVIEW_STATE: {
      zh: '这份抽查评定现为{found}，此项办理须为{wanted}',
      en: 'The review is {found}: this takes one that is {wanted}',
    },
    REVIEW_SAME_READER: {
      zh: '评定人不能复核自己的评定：请由另一个账号复核',
      en: 'Whoever has judged does not read it again: it takes another account',
    },
    REVIEW_OF_OWN_BRANCH: {
      zh: '您在该支部任职或是该支部党员，不参与对它的评定和复核',
      en: 'You hold an office at this branch or belong to it: its ledger is judged and read by others',
    },
    REVIEW_NOT_BELOW: {
      zh: '该支部抽取之后已不在本级之下，不再评定',
      en: 'The branch stands below another committee since it was drawn: it is not judged here any more',
    },
    REVIEW_VERSIONS_FULL: {
      zh: '这份评定已更正多次：现有 {found} 版，最多 {wanted} 版',
      en: 'The review has been corrected too often: {found} versions are there, at most {wanted}',
    },
  },
  inChinese,
)
