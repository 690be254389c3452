import type { CommitteePost, SeatEntry } from '@linghang/rulebook'

/** Who sits in a committee, as what; dates are calendar dates. */
export type Seat = {
  id: string
  orgId: string
  memberId: string
  post: CommitteePost
  entry: SeatEntry
  fromOn: string
  /** From this day on it is no longer held; null while it goes on. */
  untilOn: string | null
  /** On what it rests: the resolution, the reply from above. */
  evidence: string
  endReason: string | null
}

/** What somebody was on the day on which their seat begins. */
export type Candidate = {
  memberId: string
  /** Null while their standing is not known here. */
  standing: 'FULL' | 'PROBATIONARY' | 'NONE' | null
  suspendedSince: string | null
  /** Whether they belonged to the organisation or one below it. */
  inside: boolean
}

type Days = Pick<Seat, 'fromOn' | 'untilOn'>

export const isHeldOn = ({ fromOn, untilOn }: Days, day: string): boolean =>
  fromOn <= day && (untilOn === null || untilOn > day)

/** Whether two are held on a day together. */
export const overlap = (one: Days, other: Days): boolean => isHeldOn(one, other.fromOn) || isHeldOn(other, one.fromOn)
