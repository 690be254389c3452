import { defineErrors } from '@linghang/subgraph/errors'

/** What a sheet of the yearly fixing is refused for. */
export const { fail, table } = defineErrors({
  SHEET_NOT_COMPLETE: {
    zh: '这名党员的核定还缺资料，补齐后才能打印核定表',
    en: 'Something is missing of what this member’s dues are fixed at: there is no sheet before',
  },
})
