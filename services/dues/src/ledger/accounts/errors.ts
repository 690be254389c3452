import { defineErrors } from '@linghang/subgraph/errors'

/** What opening a dues account is refused for. */
export const { fail, table } = defineErrors({
  DUES_ACCOUNT_OPEN_ALREADY: {
    zh: '{code} 已开立党费账户，一个党委只有一个',
    en: 'The organisation {code} has its dues account already; a committee has one',
  },
  NO_ACCOUNT_OF_ITS_OWN: {
    zh: '党费账户以党委、总支或其组织部门名义开立，支部的党费记在上级账户名下（党费规定第二十四条）：{code} 是支部',
    en: 'A dues account is opened in the name of a committee; a branch has its part under the one above (art. 24): {code} is a branch',
  },
  DUES_ACCOUNT_HAS_MONEY: {
    zh: '{code} 在原上级账户名下还有 {found} 分，转清后才能另开账户',
    en: '{code} still has {found} fen under the account above: they have to be moved before an account of its own is opened',
  },
})
