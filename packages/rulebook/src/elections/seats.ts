import { asElectionsAreHeld, byPractice, inBranches } from '../citations.ts'
import type { Citation } from '../deadline.ts'
import type { ElectionKind } from './kinds.ts'

/** The posts that a new committee, or a branch without one, fills by as many candidates as posts (等额). */
export const electedPosts = ['SECRETARY', 'DEPUTY_SECRETARY'] as const
export type ElectedPost = (typeof electedPosts)[number]

export type SeatRule = { from: number; usually: number; atMost: number; citation: Citation }

const branch: SeatRule = { from: 3, usually: 5, atMost: 7, citation: inBranches('第二十条') }
const committee: SeatRule = { from: 5, usually: 9, atMost: 11, citation: asElectionsAreHeld('委员会委员职数') }
const seatRules: Readonly<Record<string, SeatRule>> = {
  BRANCH: branch,
  JOINT_BRANCH: branch,
  GENERAL_BRANCH: { from: 5, usually: 7, atMost: 9, citation: asElectionsAreHeld('委员会委员职数') },
  COMMITTEE: committee,
  ORGAN_COMMITTEE: committee,
}

/** How many a committee of such an organisation may be; null where it has no elected one: those of temporary branches and of work committees are appointed. */
export const seatRuleOf = (organisationKind: string): SeatRule | null => seatRules[organisationKind] ?? null

/** A branch has a committee from so many full members on; below, its assembly elects a secretary, and a deputy where needed. */
export const committeeFrom = { fullMembers: 7, citation: inBranches('第二十条') } as const
export const electsWithoutCommittee = (organisationKind: string, fullMembers: number): boolean =>
  (organisationKind === 'BRANCH' || organisationKind === 'JOINT_BRANCH') && fullMembers < committeeFrom.fullMembers

/** Deputies of a branch without a committee: one, where one is needed. */
export const postsWithoutCommittee = {
  SECRETARY: { atLeast: 1, atMost: 1 },
  DEPUTY_SECRETARY: { atLeast: 0, atMost: 1 },
  citation: inBranches('第二十一条'),
} as const

export type SeatFault = 'TOO_FEW' | 'TOO_MANY' | 'EVEN'

/** An odd number is what offices do, and only said. */
export const oddNumber = byPractice('委员职数一般为单数')

/** @returns null where so many seats are lawful; EVEN is a warning and refuses nothing */
export function seatFault(organisationKind: string, seats: number): SeatFault | null {
  const rule = seatRuleOf(organisationKind)
  if (!rule || seats > rule.atMost) return 'TOO_MANY'
  if (seats < rule.from) return 'TOO_FEW'
  return seats % 2 === 0 ? 'EVEN' : null
}

/** Candidates exceed the seats by a fifth at least (差额不少于百分之二十). */
export const surplus = {
  numerator: 12,
  denominator: 10,
  citation: asElectionsAreHeld('委员候选人差额不少于应选名额的 20%'),
} as const
export const delegateSurplus = {
  ...surplus,
  citation: asElectionsAreHeld('代表候选人差额不少于应选名额的 20%'),
} as const

/** In whole numbers: 5 × 1.2 is 6, and no fraction of a computer's makes seven of it. */
export const candidatesFor = (seats: number): number =>
  Math.floor((seats * surplus.numerator + surplus.denominator - 1) / surplus.denominator)

/** One seat that falls vacant, or is added, may have one candidate where the organisation above consents. */
export const singleSeat = byPractice('补选、增补一人经上级同意可等额')

/** How many candidates are wanted for seats of a committee. */
export const candidatesWanted = (kind: ElectionKind, seats: number, consentToEqual: boolean): number =>
  seats === 1 && consentToEqual && (kind === 'BY_ELECTION' || kind === 'CO_OPTION') ? 1 : candidatesFor(seats)

/** Delegates to a congress: a hundred to two hundred, and three hundred at the most. */
export const delegateNumbers = {
  from: 100,
  usually: 200,
  atMost: 300,
  citation: byPractice('党员代表大会代表名额'),
} as const
/** @param scattered whether a congress is held below five hundred members, where so many delegates cannot be asked for */
export const delegateFault = (delegates: number, scattered: boolean): 'TOO_FEW' | 'TOO_MANY' | null =>
  delegates < (scattered ? 1 : delegateNumbers.from)
    ? 'TOO_FEW'
    : delegates > delegateNumbers.atMost
      ? 'TOO_MANY'
      : null
