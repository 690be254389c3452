import { defineErrors } from '@linghang/subgraph/errors'

/** What planning organisational life is refused for. */
export const { fail, table } = defineErrors({
  PLAN_NOT_FOR_ORGANISATION: {
    zh: '{kind} 没有组织生活的规定次数，不编制方案；党支部、党总支和基层党委可以编制',
    en: 'Nothing of organisational life comes back at a {kind}: branches, general branches and committees make plans',
  },
  PLAN_PERIOD_REFUSED: {
    zh: '{found} 所在的时段已于 {until} 结束；方案只编制本期或一年以内的',
    en: 'The time in which {found} lies ended on {until}; plans are made for the time that runs or within a year',
  },
  PLAN_ENTRY_IS_ASKED_FOR: {
    zh: '这次会议是规定或期限要求的（{source}{article}），不能从方案中删去；可以改日期',
    en: 'This meeting is asked for by a rule or a date ({source} {article}) and stays in the plan; its day can be changed',
  },
  PLAN_DAY_REFUSED: {
    zh: '日期 {found} 应在 {from} 至 {until} 之间（{source}{article}）',
    en: 'The day {found} should be from {from} to {until} ({source} {article})',
  },
  PLAN_TOPIC_MISSING: {
    zh: '第 {found} 项议题不存在，该次会议共有 {wanted} 项',
    en: 'There is no topic {found}; the meeting has {wanted}',
  },
  PLAN_IS_FILED: {
    zh: '方案已于 {found} 报备，不能再改动；如有变化，会议照实登记即可，或重新编制',
    en: 'The plan was filed on {found} and is not changed; hold the meetings as they are, or make it anew',
  },
  PLAN_FILING_NOT_ASKED: {
    zh: '本县（市、区）没有规定组织生活方案须报备，不必报备；上级随时可以看到方案',
    en: 'The county has not decided that plans are filed: there is nothing to file, and those above see the plan anyhow',
  },
  PLAN_FULL: { zh: '{what} 最多 {wanted} 项', en: 'At most {wanted} {what}' },
})
