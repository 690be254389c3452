import type { Citation } from '../deadline.ts'
import type { Matter } from './step.ts'

/** Secret ballots and the written opinions sent in before the meeting, counted together as the regulation does. */
export type Ballots = {
  /** Voters who ought to have come (应到会有表决权), after the lawful exceptions. */
  due: number
  /** Of them, those who came (实到会有表决权). */
  present: number
  inFavour: number
  against: number
  abstained: number
  /** Written opinions of absent voters that were there before the meeting began. They add to the votes above. */
  writtenInFavour: number
  writtenAgainst: number
}

export type VoteFault =
  | { code: 'BALLOTS_NOT_COUNTABLE'; found: number; wanted: string }
  | { code: 'MORE_PRESENT_THAN_DUE'; found: number; wanted: number }
  | { code: 'MORE_BALLOTS_THAN_VOTERS'; found: number; wanted: number }
  | { code: 'MORE_OPINIONS_THAN_ABSENT'; found: number; wanted: number }

export type VoteResult = {
  /** As many of those due came as the matter asks for: see `quorumOf`. */
  quorate: boolean
  /** In favour, on the spot and in writing, by over half of those DUE, not of those present. */
  carried: boolean
  inFavour: number
  /** The smallest number of votes in favour that carries. */
  needed: number
}

/** What is wrong with the numbers themselves; empty when they add up. Fewer ballots than voters present is lawful. */
export function ballotFaults(ballots: Ballots): VoteFault[] {
  const negative = Object.values(ballots).find(count => !Number.isInteger(count) || count < 0)
  if (negative !== undefined) return [{ code: 'BALLOTS_NOT_COUNTABLE', found: negative, wanted: '>= 0' }]
  const { due, present, inFavour, against, abstained, writtenInFavour, writtenAgainst } = ballots
  const cast = inFavour + against + abstained
  const written = writtenInFavour + writtenAgainst
  const faults: VoteFault[] = []
  if (present > due) faults.push({ code: 'MORE_PRESENT_THAN_DUE', found: present, wanted: due })
  if (cast > present) faults.push({ code: 'MORE_BALLOTS_THAN_VOTERS', found: cast, wanted: present })
  if (present <= due && written > due - present)
    faults.push({ code: 'MORE_OPINIONS_THAN_ABSENT', found: written, wanted: due - present })
  return faults
}

/** Matters on which the rules of development ask the assembly for a secret ballot and take absent voters' opinions. */
const ballotMatters: ReadonlySet<string> = new Set<Matter>(['ADMISSION', 'CONVERSION', 'EXTENSION', 'CANCELLATION'])
export const isByBallot = (matter: string): boolean => ballotMatters.has(matter)

/** 超过半数 wants one more than half; 半数以上 holds the half itself, as regulations are usually drafted. */
export type Quorum = 'OVER_HALF' | 'HALF'
const branches = '《中国共产党支部工作条例（试行）》（2018 年）'

/** How many of those due must have come, by what is decided and where; with the article. */
export const quorumRules: Readonly<
  Record<'DEVELOPMENT' | 'ASSEMBLY' | 'COMMITTEE', { quorum: Quorum; citation: Citation }>
> = {
  DEVELOPMENT: {
    quorum: 'OVER_HALF',
    citation: {
      article: '第二十条',
      source: '《中国共产党发展党员工作细则》（2014 年；2026 年修订第十九条）',
      certainty: 'VERIFIED',
    },
  },
  ASSEMBLY: { quorum: 'HALF', citation: { article: '第十一条', source: branches, certainty: 'VERIFIED' } },
  COMMITTEE: { quorum: 'HALF', citation: { article: '第十二条', source: branches, certainty: 'VERIFIED' } },
}

const assemblyKinds: ReadonlySet<string> = new Set(['BRANCH_ASSEMBLY', 'MEMBER_ASSEMBLY', 'CONGRESS'])

/** @param meeting the kind of meeting: an assembly, or any committee's */
export const quorumOf = (matter: string, meeting: string): (typeof quorumRules)['ASSEMBLY'] =>
  quorumRules[isByBallot(matter) ? 'DEVELOPMENT' : assemblyKinds.has(meeting) ? 'ASSEMBLY' : 'COMMITTEE']

/** The smallest number present that is a quorum; nobody at all is none. */
export const quorumFor = (due: number, quorum: Quorum): number =>
  quorum === 'OVER_HALF' ? Math.floor(due / 2) + 1 : Math.max(1, Math.ceil(due / 2))

/**
 * A vote: valid when enough of those due came, carried when those in favour exceed half of those due
 * (发展党员工作细则, on the branch assembly). Numbers that do not add up are asked of `ballotFaults`.
 * @param quorum as `quorumOf` says of the matter; that of admission and conversion when left out
 */
export function countVote(ballots: Ballots, quorum: Quorum = 'OVER_HALF'): VoteResult {
  const inFavour = ballots.inFavour + ballots.writtenInFavour
  const needed = Math.floor(ballots.due / 2) + 1
  const quorate = ballots.present >= quorumFor(ballots.due, quorum)
  return { quorate, carried: quorate && inFavour >= needed, inFavour, needed }
}
