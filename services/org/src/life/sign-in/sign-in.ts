import { isCurrent, takesCodes } from '@linghang/rulebook'
import { isSignedBy, type PersonalCode, readCode } from './code.ts'

/** A code that the branch's phone has read, and when by its clock. */
export type Scan = { code: string; readAt: Date }

/** What becomes of a scan: the person signed in, is signed in already, or it counts for nothing and why. */
export type SignInOutcome =
  | 'SIGNED_IN'
  | 'ALREADY'
  | 'UNREADABLE'
  | 'OTHER_MEETING'
  | 'NOT_ON_LIST'
  | 'NO_KEY'
  | 'FORGED'
  | 'OLD'
  | 'USED'
  | 'NOT_AT_MEETING'
  | 'MEETING_ENDED'

/** Who has signed in, by which code read when: kept until the meeting is closed and no longer. */
export type SignIn = { memberId: string; step: number; readAt: Date }

export type Setting = {
  meetingId: string
  startsAt: Date
  now: Date
  /** Whether the meeting still takes sign-ins. */
  open: boolean
  /** Those whose meeting it is, without whoever is lawfully not counted. */
  people: ReadonlySet<string>
  /** The keys of each person's phones. */
  keys: ReadonlyMap<string, readonly Uint8Array[]>
  before: readonly SignIn[]
}

/** The branch's phone may be a little ahead of us. */
const aheadMs = 5 * 60_000

function faultOf(setting: Setting, code: PersonalCode | null, readAt: Date): SignInOutcome | null {
  if (code === null) return 'UNREADABLE'
  if (code.meetingId !== setting.meetingId) return 'OTHER_MEETING'
  if (!setting.people.has(code.memberId)) return 'NOT_ON_LIST'
  const keys = setting.keys.get(code.memberId) ?? []
  if (keys.length === 0) return 'NO_KEY'
  if (!isSignedBy(code, keys)) return 'FORGED'
  if (!isCurrent(code.step, readAt)) return 'OLD'
  if (!takesCodes(setting.startsAt, readAt) || readAt.getTime() > setting.now.getTime() + aheadMs)
    return 'NOT_AT_MEETING'
  return null
}

/**
 * What becomes of each scan, in the order in which they are handed over: whatever that order, and however often they
 * are, whoever showed a code that counts is signed in once. The same scan handed over again is no second use of its
 * code; the same code read at another moment is one, as a picture of it would be.
 * @returns an outcome for each scan, and who is signed in beyond those who were
 */
export function judgeScans(
  setting: Setting,
  scans: readonly Scan[],
): { outcomes: SignInOutcome[]; signedIn: SignIn[] } {
  const known = new Map(setting.before.map(one => [one.memberId, one]))
  const signedIn: SignIn[] = []
  const outcomes = scans.map(({ code: text, readAt }): SignInOutcome => {
    const code = readCode(text)
    const fault = faultOf(setting, code, readAt)
    if (fault || code === null) return fault ?? 'UNREADABLE'
    const { memberId, step } = code
    const first = known.get(memberId)
    if (first) return first.step === step && first.readAt.getTime() !== readAt.getTime() ? 'USED' : 'ALREADY'
    if (!setting.open) return 'MEETING_ENDED'
    const now = { memberId, step, readAt }
    known.set(memberId, now)
    signedIn.push(now)
    return 'SIGNED_IN'
  })
  return { outcomes, signedIn }
}
