import { byPractice, inBranches } from '../citations.ts'
import type { Citation } from '../deadline.ts'
import { isBranch } from '../organisations/kinds.ts'

/** Meetings of organisational life that come back by themselves. */
export const regularKinds = [
  'BRANCH_COMMITTEE',
  'BRANCH_ASSEMBLY',
  'GROUP_MEETING',
  'CLASS',
  'THEME_DAY',
  'CRITICISM_MEETING',
  'APPRAISAL_MEETING',
  'COMMITTEE',
] as const
export type RegularKind = (typeof regularKinds)[number]

export type Every = 'MONTH' | 'QUARTER' | 'YEAR'

/** How often a kind of meeting comes back, and what makes it due at all. */
export type Frequency = {
  kind: RegularKind
  every: Every
  /** A committee's meeting is due where there is a committee, a group's where there are groups. */
  where: 'ALWAYS' | 'COMMITTEE' | 'GROUPS'
  /** 一般: what is missing is asked about and is no breach. */
  generally: boolean
  citation: Citation
}

const practice = byPractice('党课按季安排')

const regular = (
  kind: RegularKind,
  every: Every,
  citation: Citation,
  { where = 'ALWAYS', generally = false }: { where?: Frequency['where']; generally?: boolean } = {},
): Frequency => ({ kind, every, where, generally, citation })

const ofBranch: readonly Frequency[] = [
  regular('BRANCH_COMMITTEE', 'MONTH', inBranches('第十二条'), { where: 'COMMITTEE', generally: true }),
  regular('BRANCH_ASSEMBLY', 'QUARTER', inBranches('第十一条'), { generally: true }),
  regular('GROUP_MEETING', 'MONTH', inBranches('第十三条'), { where: 'GROUPS', generally: true }),
  regular('CLASS', 'QUARTER', practice, { generally: true }),
  regular('THEME_DAY', 'MONTH', inBranches('第十六条')),
  regular('CRITICISM_MEETING', 'YEAR', inBranches('第十七条')),
  regular('APPRAISAL_MEETING', 'YEAR', inBranches('第十八条'), { generally: true }),
]

/** A temporary branch studies, educates and keeps its people together; its members are appraised where they belong (art. 8). */
const ofTemporaryBranch: readonly Frequency[] = ofBranch
  .filter(({ kind }) => kind === 'THEME_DAY')
  .map(frequency => ({ ...frequency, citation: inBranches('第八条') }))

/** General branches and committees of a village or community hold to the same rules (art. 34); the others meet as commonly done. */
const aboveBranches: readonly Frequency[] = [
  regular('COMMITTEE', 'MONTH', inBranches('第十二条、第三十四条'), { generally: true }),
  regular('CLASS', 'YEAR', inBranches('第十六条')),
]

/** What comes back at an organisation of that kind. A county's committee and its work committees are not planned for here. */
export function frequenciesOf(organisationKind: string): readonly Frequency[] {
  if (organisationKind === 'TEMPORARY_BRANCH') return ofTemporaryBranch
  if (isBranch(organisationKind)) return ofBranch
  return ['GENERAL_BRANCH', 'COMMITTEE', 'ORGAN_COMMITTEE'].includes(organisationKind) ? aboveBranches : []
}

/** What makes committee and group meetings due. */
export type LifeBody = { hasCommittee: boolean; groups: number }

/** What is due at an organisation as it is made up. */
export const frequenciesDue = (organisationKind: string, { hasCommittee, groups }: LifeBody): Frequency[] =>
  frequenciesOf(organisationKind).filter(
    ({ where }) => where === 'ALWAYS' || (where === 'COMMITTEE' && hasCommittee) || (where === 'GROUPS' && groups > 0),
  )
