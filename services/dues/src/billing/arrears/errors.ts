import { defineErrors } from '@linghang/subgraph/errors'

/** What dealing with arrears is refused for. */
export const { fail, table } = defineErrors({
  ARREARS_ENDED: { zh: '欠交已于 {found} 结清', en: 'The arrears ended on {found}' },
  ARREARS_NO_MATTER: {
    zh: '连续欠交 {found} 个月，满 6 个月才由支部讨论处理（党费规定第十三条）',
    en: '{found} months in a row: it is a matter for the branch from 6 on (art. 13)',
  },
  ARREARS_NOT_HEARD: {
    zh: '请先向本人了解情况并登记谈话，再由支部讨论',
    en: 'The member is heard first: record the talk, then what the branch decided',
  },
  ARREARS_STEPS_FULL: { zh: '处理记录已达 {limit} 条', en: 'There are {limit} records of it already' },
})
