import {
  type Citation,
  committeeFrom,
  electsOwnCommittee,
  excludesPost,
  hasPost,
  isSinglePost,
  mayComeFromOutside,
  outsideCitation,
  seatHolderCitation,
  seatRuleOf,
  temporaryCitation,
} from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import { fail } from './errors.ts'
import { type Candidate, isHeldOn, overlap, type Seat } from './seat.ts'

const cited = ({ article, source }: Citation) => ({ article, source })

/**
 * Whether somebody may sit there: a full member in possession of their rights, of the organisation itself unless sent.
 * @throws DomainError SEAT_HOLDER_NOT_FULL, SEAT_HOLDER_SUSPENDED, SEAT_HOLDER_FROM_OUTSIDE, COMMITTEE_NOT_ELECTED
 */
export function requireHolder(kind: string, seat: Seat, { standing, suspendedSince, inside }: Candidate): void {
  const memberId = toId('Member', seat.memberId)
  if (!electsOwnCommittee(kind) && seat.entry !== 'APPOINTED')
    fail('COMMITTEE_NOT_ELECTED', { found: seat.entry, wanted: 'APPOINTED', ...cited(temporaryCitation) })
  if (standing !== 'FULL')
    fail('SEAT_HOLDER_NOT_FULL', {
      ...{ memberId, found: standing, wanted: 'FULL', on: seat.fromOn },
      ...cited(seatHolderCitation),
    })
  if (suspendedSince !== null)
    fail('SEAT_HOLDER_SUSPENDED', { memberId, found: suspendedSince, on: seat.fromOn, ...cited(seatHolderCitation) })
  if (!inside && !mayComeFromOutside(kind, seat.entry))
    fail('SEAT_HOLDER_FROM_OUTSIDE', {
      ...{ memberId, found: seat.entry, wanted: 'APPOINTED, FIRST_SECRETARY' },
      ...cited(outsideCitation),
    })
}

/** So many people sit there on a day; whom the superior sent as first secretary comes on top. */
const sittingOn = (seats: readonly Seat[], day: string): number =>
  new Set(seats.filter(seat => seat.post !== 'FIRST_SECRETARY' && isHeldOn(seat, day)).map(({ memberId }) => memberId))
    .size

function requireRoomFor(seat: Seat, kind: string, others: readonly Seat[]): void {
  for (const other of others.filter(other => overlap(seat, other))) {
    if (other.memberId === seat.memberId && excludesPost(other.post, seat.post))
      fail('SEAT_HELD_ALREADY', {
        memberId: toId('Member', seat.memberId),
        ...{ found: other.post, since: other.fromOn, wanted: seat.post },
      })
    if (other.post === seat.post && isSinglePost(kind, seat.post))
      fail('POST_TAKEN', {
        ...{ post: seat.post, found: toId('Member', other.memberId), since: other.fromOn },
        ...cited(committeeFrom.citation),
      })
  }
}

/**
 * Whether a committee can be as it would become: one person a post where there is one, no post that there is none, nobody
 * over the lawful number on any day.
 * @param fullMembers full members of the branch on the day on which the seats begin
 * @param standing the seats of the organisation beside those added
 * @throws DomainError POST_WITHOUT_COMMITTEE, SEAT_HELD_ALREADY, POST_TAKEN, COMMITTEE_TOO_LARGE
 */
export function requireCommittee(
  { kind, fullMembers }: { kind: string; fullMembers: number },
  standing: readonly Seat[],
  added: readonly Seat[],
): void {
  const all = [...standing, ...added]
  const size = seatRuleOf(kind)
  for (const [n, seat] of added.entries()) {
    if (!hasPost(kind, fullMembers, seat.post))
      fail('POST_WITHOUT_COMMITTEE', {
        ...{ post: seat.post, found: fullMembers, wanted: committeeFrom.fullMembers },
        ...cited(committeeFrom.citation),
      })
    requireRoomFor(seat, kind, [...standing, ...added.slice(0, n)])
    const days = [seat.fromOn, ...all.map(({ fromOn }) => fromOn).filter(day => isHeldOn(seat, day))]
    const found = Math.max(...days.map(day => sittingOn(all, day)))
    if (size !== null && found > size.atMost)
      fail('COMMITTEE_TOO_LARGE', { found, wanted: size.atMost, ...cited(size.citation) })
  }
}
