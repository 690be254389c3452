/** What a superior decides on. The approvals inbox knows no others; elections, spending and transfers add theirs here. */
export const approvalKinds = [
  'ACTIVIST_FILING',
  'CANDIDATE_FILING',
  'PRE_REVIEW',
  'ADMISSION',
  'ADMISSION_FILING',
  'CONVERSION',
] as const
export type ApprovalKind = (typeof approvalKinds)[number]

export type ApprovalKindRules = {
  title: { zh: string; en: string }
  /** The office that decides, at the deciding organisation itself. */
  role: 'SECRETARY' | 'LEADER'
  /** Which organisation decides: the nearest committee above the branch, or the organisation above that one. */
  decider: 'COMMITTEE' | 'ABOVE_COMMITTEE'
  /** Days in which an answer is expected where no regulation fixes a date (practice). */
  expectedWithinDays: number
  /** A reason must be given for these outcomes. */
  reasonFor: readonly ('APPROVED' | 'REFUSED' | 'RETURNED')[]
}

const filing = {
  role: 'SECRETARY',
  decider: 'COMMITTEE',
  expectedWithinDays: 30,
  reasonFor: ['REFUSED', 'RETURNED'],
} as const

/** Approvals as data (备案、预审、审批). 党总支 may only deliberate and 临时党支部 cannot approve: see `canDecide`. */
export const approvalRules: Readonly<Record<ApprovalKind, ApprovalKindRules>> = {
  ACTIVIST_FILING: { title: { zh: '入党积极分子备案', en: 'Filing of an activist' }, ...filing },
  CANDIDATE_FILING: { title: { zh: '发展对象备案', en: 'Filing of a candidate' }, ...filing },
  PRE_REVIEW: { title: { zh: '接收预备党员预审', en: 'Pre-review of an admission' }, ...filing },
  ADMISSION: { title: { zh: '接收预备党员审批', en: 'Approval of an admission' }, ...filing },
  ADMISSION_FILING: {
    title: { zh: '接收预备党员备案', en: 'Filing of an admission' },
    ...filing,
    decider: 'ABOVE_COMMITTEE',
  },
  CONVERSION: { title: { zh: '预备党员转正审批', en: 'Approval of a conversion' }, ...filing },
}

/** Kinds of organisation with the power to approve: a general branch only deliberates, a branch has no such power. */
export const decidingKinds: ReadonlySet<string> = new Set([
  'COUNTY_COMMITTEE',
  'WORK_COMMITTEE',
  'COMMITTEE',
  'ORGAN_COMMITTEE',
])

export const canDecide = (organisationKind: string): boolean => decidingKinds.has(organisationKind)
