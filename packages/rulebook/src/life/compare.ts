import type { IsoDate } from '../calendar.ts'
import type { Period } from './periods.ts'

/** Something that was to be held within a time. */
export type Expected<Kind extends string> = { kind: Kind; window: Period }
/** Something that was held. */
export type HeldMeeting = { id: string; kind: string; heldOn: IsoDate }

/**
 * Which held meeting fulfils each expectation, by kind and time: a meeting fulfils one, what ends first takes first, so that
 * as many as can be are fulfilled. Pure.
 * @returns the id of the meeting for each expectation, in its place; null where nothing was held
 */
export function compareHeld<Kind extends string>(
  expected: readonly Expected<Kind>[],
  held: readonly HeldMeeting[],
): (string | null)[] {
  const fulfilled: (string | null)[] = expected.map(() => null)
  const order = expected.map((_, i) => i).toSorted((a, b) => (until(expected, a) < until(expected, b) ? -1 : 1))
  const left = Map.groupBy(
    held.toSorted((one, other) => (one.heldOn < other.heldOn ? -1 : 1)),
    ({ kind }) => kind,
  )
  for (const i of order) {
    const one = expected[i] as Expected<Kind>
    const meetings = left.get(one.kind) ?? []
    const at = meetings.findIndex(({ heldOn }) => heldOn >= one.window.from && heldOn <= one.window.until)
    if (at < 0) continue
    fulfilled[i] = meetings[at]?.id ?? null
    meetings.splice(at, 1)
  }
  return fulfilled
}

const until = (expected: readonly Expected<string>[], i: number): IsoDate => expected[i]?.window.until ?? ''
