import { defineErrors } from '@linghang/subgraph/errors'

/** What signing in by codes is refused for as a whole; what becomes of each scan is in the answer. */
export const { fail, table } = defineErrors({
  SIGN_IN_NOT_PLANNED: {
    zh: '会议没有事先安排，没有个人签到码可用：请在名单上登记到会情况，效力相同',
    en: 'The meeting was not planned, so that nobody has a code for it: write the attendance into the list, which is its equal',
  },
  SIGN_IN_WITHOUT_FILE: {
    zh: '本账号没有对应的党员，不能登记签到密钥',
    en: 'This account belongs to no member, who alone registers a key',
  },
})
