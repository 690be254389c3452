import { defineErrors } from '@linghang/subgraph/errors'

/** What is refused of what the structure check has to be told. */
export const { fail, table } = defineErrors({
  COVERS_NO_UNITS: {
    zh: '{found} 不是联合党支部，没有覆盖单位数可登记（{article}，{source}）',
    en: 'A {found} is no joint branch and covers no other units ({article}, {source})',
  },
})
