import { defineErrors } from '@linghang/subgraph/errors'

/** What is refused where an entry and a development case go together. */
export const { fail, table } = defineErrors({
  NOT_LEFT: {
    zh: '此人在册，没有离开的登记可撤销',
    en: 'This person is in the register: there is no leaving to undo',
  },
  CASE_DECIDES: {
    zh: '{field} 由办理中的发展个案逐步确定，不能在名册中直接修改',
    en: '{field} is decided step by step by the open development case, not by changing the register',
  },
})
