import { addDays, addYears, type IsoDate } from '../calendar.ts'
import { inBranches, inElections } from '../citations.ts'
import { isBranch } from '../organisations/kinds.ts'

/** At the term's end (换届), late (延期), early (提前), for a vacancy (补选), for a seat more (增补); of delegates to a congress (代表选举). */
export const electionKinds = ['TERM', 'LATE', 'EARLY', 'BY_ELECTION', 'CO_OPTION', 'DELEGATES'] as const
export type ElectionKind = (typeof electionKinds)[number]

/** Whether a whole new committee is elected, and not a seat of the one that sits. */
export const isWhole = (kind: ElectionKind): kind is 'TERM' | 'LATE' | 'EARLY' =>
  kind === 'TERM' || kind === 'LATE' || kind === 'EARLY'

/** The assembly of all members (党员大会), or the congress of their delegates (党员代表大会). */
export const electionBodies = ['ASSEMBLY', 'CONGRESS'] as const
export type ElectionBody = (typeof electionBodies)[number]

/** From so many members on, or where its organisations are scattered, a congress may be held with consent from above. */
export const congressFrom = { members: 500, citation: inElections('第四条') } as const

const mayHoldCongress: ReadonlySet<string> = new Set(['GENERAL_BRANCH', 'COMMITTEE', 'ORGAN_COMMITTEE'])

/** The bodies that may elect; the first is the one proposed. A branch elects in its assembly whatever its size. */
export function bodiesFor(at: { organisationKind: string; members: number; scattered: boolean }): ElectionBody[] {
  if (!mayHoldCongress.has(at.organisationKind)) return ['ASSEMBLY']
  if (at.members >= congressFrom.members) return ['CONGRESS', 'ASSEMBLY']
  return at.scattered ? ['ASSEMBLY', 'CONGRESS'] : ['ASSEMBLY']
}

/** A term is lengthened or cut short by a year at most, and the organisation above agrees. */
export const movedByAtMost = { years: 1, citation: inElections('第三条') } as const

/** The superior reminds so long before the term ends. */
export const remindedAhead = { months: 6, citation: inBranches('第二十一条') } as const

/** The last and the first day on which it may be elected anew. */
export const electionWindow = (termEnd: IsoDate): { from: IsoDate; until: IsoDate } => ({
  from: addYears(termEnd, -movedByAtMost.years),
  until: addYears(termEnd, movedByAtMost.years),
})

/** What an election on that day is to the term: so many days before its end it is still held in its time. */
export function kindOnDay(termEnd: IsoDate, heldOn: IsoDate, inTimeDays: number): 'TERM' | 'LATE' | 'EARLY' {
  if (heldOn > termEnd) return 'LATE'
  return heldOn < addDays(termEnd, -inTimeDays) ? 'EARLY' : 'TERM'
}

/** Years of a new term (任期意见 2018): five of a committee, and of whatever is elected in a village or community; three of others. */
export function termYearsOf(organisationKind: string, unitKind: string | null): number {
  const small = organisationKind === 'GENERAL_BRANCH' || isBranch(organisationKind)
  return small && unitKind !== 'VILLAGE' && unitKind !== 'COMMUNITY' ? 3 : 5
}
