import { defineErrors } from '@linghang/subgraph/errors'

/** What claiming and confirming a login is refused for. */
export const { fail, table } = defineErrors({
  ACCOUNT_TAKEN: {
    zh: '该账号已登记，或该党员已有账号',
    en: 'This account is registered already, or this person has one',
  },
})
