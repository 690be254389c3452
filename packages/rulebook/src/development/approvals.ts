import type { ApprovalKindRules } from '../approval-rules.ts'
import { inBranches } from '../citations.ts'
import type { Citation } from '../deadline.ts'
import type { DevelopmentApproval } from './step.ts'

const filing = {
  role: 'SECRETARY',
  decider: 'COMMITTEE',
  expectedWithinDays: 30,
  reasonFor: ['REFUSED', 'RETURNED'],
  meeting: null,
  power: 'ADMISSION',
} as const

/** 发展党员工作细则, by its articles. */
export const inAdmissions = (article: string, certainty: Citation['certainty']): Citation => ({
  article,
  source: '《中国共产党发展党员工作细则》（2014 年；2026 年修订为前一条）',
  certainty,
})

/** Approvals as data (备案、预审、审批). 党总支 may only deliberate and 临时党支部 cannot approve: see `canDecide`. */
export const developmentApprovalRules: Readonly<Record<DevelopmentApproval, ApprovalKindRules>> = {
  ACTIVIST_FILING: { title: { zh: '入党积极分子备案', en: 'Filing of an activist' }, ...filing },
  CANDIDATE_FILING: { title: { zh: '发展对象备案', en: 'Filing of a candidate' }, ...filing },
  PRE_REVIEW: {
    title: { zh: '接收预备党员预审', en: 'Pre-review of an admission' },
    ...filing,
    // That the committee itself meets for it is the practice of some places; where it has, its meeting is named.
    meeting: { wanted: false, matters: ['EXAMINATION'], citation: inAdmissions('第十九条', 'SECONDARY') },
  },
  ADMISSION: {
    title: { zh: '接收预备党员审批', en: 'Approval of an admission' },
    ...filing,
    meeting: { wanted: true, matters: ['ADMISSION'], citation: inAdmissions('第二十五条', 'VERIFIED') },
  },
  ADMISSION_FILING: {
    title: { zh: '接收预备党员备案', en: 'Filing of an admission' },
    ...filing,
    decider: 'ABOVE_COMMITTEE',
  },
  CONVERSION: {
    title: { zh: '预备党员转正审批', en: 'Approval of a conversion' },
    ...filing,
    meeting: {
      wanted: true,
      matters: ['CONVERSION', 'EXTENSION', 'CANCELLATION'],
      citation: inAdmissions('第三十四条', 'SECONDARY'),
    },
  },
}

/** Kinds of organisation that can have the power to approve: a general branch only deliberates, a branch has no such power. */
const decidingKinds: ReadonlySet<string> = new Set([
  'COUNTY_COMMITTEE',
  'WORK_COMMITTEE',
  'COMMITTEE',
  'ORGAN_COMMITTEE',
])

/** Whether an organisation decides on those below it: a committee does, a general branch or a branch does not. */
export const decidesOnOrganisations = (kind: string): boolean => decidingKinds.has(kind)

/** What decides whether an organisation may approve. */
export type PowerFacts = {
  kind: string
  /** As its superior has recorded it; null: by the rule. */
  approves: boolean | null
  superiorKind: string | null
  superiorUnitKind: string | null
}

const townCommittees: ReadonlySet<string> = new Set(['COMMITTEE', 'WORK_COMMITTEE'])

/** Where it stands who may approve. */
export const powerCitation: Citation = {
  article: '第二十三条',
  source: '《中国共产党发展党员工作细则》（2014 年；2026 年修订第二十二条）',
  certainty: 'VERIFIED',
}

/** A temporary branch develops nobody, and disposes of nobody's standing. */
export const temporaryBranchCitation: Citation = inBranches('第八条')

/** Whether an organisation takes in and converts people: a temporary branch has their life, not their standing. */
export const isTemporaryBranch = (organisationKind: string): boolean => organisationKind === 'TEMPORARY_BRANCH'
export const develops = (organisationKind: string): boolean => !isTemporaryBranch(organisationKind)

/**
 * Whether an organisation may approve admissions: a committee may, unless it is a base committee under that of a town or
 * a street, which only deliberates. What its superior has recorded goes before: a sub-committee of an organ, an
 * institution or an enterprise has the power with consent alone. General branches and branches never have it.
 */
export const canDecide = ({ kind, approves, superiorKind, superiorUnitKind }: PowerFacts): boolean => {
  if (!decidingKinds.has(kind)) return false
  const underTown = superiorUnitKind === 'SUBDISTRICT_OR_TOWN' && townCommittees.has(superiorKind ?? '')
  return approves ?? !(kind === 'COMMITTEE' && underTown)
}
