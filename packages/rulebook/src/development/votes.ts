import type { Quorum, VoteBase } from '../life/matters.ts'

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
  /** In favour, on the spot and in writing, by over half of those DUE, not of those present, unless it is said so. */
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

/** The smallest number present that is a quorum; nobody at all is none. */
export const quorumFor = (due: number, quorum: Quorum): number => {
  if (quorum === 'OVER_HALF') return Math.floor(due / 2) + 1
  return Math.max(1, Math.ceil(quorum === 'HALF' ? due / 2 : (due * 4) / 5))
}

/**
 * A vote: valid when enough of those due came, carried when those in favour exceed half of those due
 * (发展党员工作细则, on the branch assembly). Numbers that do not add up are asked of `ballotFaults`.
 * @param quorum as `quorumOf` says of the matter; that of admission and conversion when left out
 * @param base of whom over half have to be in favour: of those due, where nothing else is prescribed
 */
export function countVote(ballots: Ballots, quorum: Quorum = 'OVER_HALF', base: VoteBase = 'DUE'): VoteResult {
  const inFavour = ballots.inFavour + ballots.writtenInFavour
  const needed = Math.floor((base === 'DUE' ? ballots.due : ballots.present) / 2) + 1
  const quorate = ballots.present >= quorumFor(ballots.due, quorum)
  return { quorate, carried: quorate && inFavour >= needed, inFavour, needed }
}
