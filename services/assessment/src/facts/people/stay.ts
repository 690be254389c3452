import type { MemberState } from '@linghang/events'
import { addYears } from '@linghang/rulebook'

export type MemberKind = MemberState['kind']

/** Since when somebody is what; null where nobody has said. */
export type Dates = Pick<
  MemberState,
  'kind' | 'appliedOn' | 'activistSince' | 'candidateSince' | 'joinedOn' | 'fullMemberSince' | 'leftOn'
>

/** A version of somebody's register, and from which day on it is known. */
export type Stay = Dates & { memberId: string; version: number; orgId: string; day: string }

/** Where somebody belonged on a day, and as what. */
export type Place = {
  memberId: string
  orgId: string
  /** Since when; null: since before the register told of them. */
  orgSince: string | null
  kind: MemberKind
  /** Since when; null where nobody has said. */
  kindSince: string | null
}

const order = ['APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL'] as const satisfies MemberKind[]

/** Since when somebody was of each kind, the highest first; of a kind that they have a day is taken for known. */
const kindsOf = ({ kind, ...dates }: Dates): { kind: MemberKind; since: string | null }[] => {
  const fullSince = dates.fullMemberSince ?? (dates.joinedOn === null ? null : addYears(dates.joinedOn, 1))
  const since: Record<MemberKind, string | null> = {
    APPLICANT: dates.appliedOn,
    ACTIVIST: dates.activistSince,
    CANDIDATE: dates.candidateSince,
    PROBATIONARY: dates.joinedOn,
    FULL: fullSince,
  }
  return order
    .slice(0, order.indexOf(kind) + 1)
    .toReversed()
    .map(one => ({ kind: one, since: since[one] }))
}

/**
 * What somebody was on a day, by what is known of them today.
 * @returns null where they were nothing of the register on that day: not yet, or no more
 */
export function kindOn(dates: Dates, day: string): { kind: MemberKind; since: string | null } | null {
  if (dates.leftOn !== null && dates.leftOn <= day) return null
  const kinds = kindsOf(dates)
  const [newest] = kinds
  // Nothing says since when: they are taken for what they are.
  if (newest && newest.since === null) return newest
  return kinds.find(({ since }) => since !== null && since <= day) ?? null
}

const dated = ['appliedOn', 'activistSince', 'candidateSince', 'joinedOn', 'fullMemberSince', 'leftOn'] as const

/**
 * From which day on somebody stands differently by a version than by the one before it.
 * @returns null where nothing has changed of where they belong and as what
 */
export function changedFrom(before: Stay | null, after: Stay): string | null {
  const days = dated.flatMap(key => (before?.[key] === after[key] ? [] : [before?.[key], after[key]]))
  const dates = days.filter(day => typeof day === 'string')
  if (before === null) return [after.day, ...dates].toSorted()[0] ?? after.day
  const isSame = before.orgId === after.orgId && before.kind === after.kind && days.length === 0
  // Told on an earlier day than the one before it, it counts in that one's place from then on.
  if (isSame && before.day <= after.day) return null
  return [after.day, ...dates].toSorted()[0] ?? after.day
}
