import { addDays } from '@linghang/rulebook'
import { fail } from './errors.ts'

export type TalkState = 'OPEN' | 'HELD' | 'DROPPED'

/** That the head of a branch is called in, and what came of it (约谈). */
export type Talk = {
  id: string
  /** The branch. */
  orgId: string
  decisionId: string
  /** The last of the months in which it was on the black list. */
  month: string
  /** Which organ calls in. */
  calledBy: string
  openedOn: string
  dueOn: string
  state: TalkState
  /** What a look at the work has found, before anybody talks (F13); null while it is open. */
  workSeen: string | null
  heldOn: string | null
  heldBy: string | null
  /** What was said, or why there is no talk; null while it is open. */
  note: string | null
  closedOn: string | null
}

export const talkLimits = { calledBy: 100, heldBy: 50, text: 1_000, days: 60 } as const

/**
 * Whose heads are called in (S3-27): who was on the black list in each of these months, without one of them having led to a talk
 * already. @param blackIn of each month, the newest first @param talkedAt the last month for which each was called in
 */
export function toCallIn(
  months: readonly string[],
  blackIn: readonly ReadonlySet<string>[],
  talkedAt: ReadonlyMap<string, string>,
): string[] {
  const [newest, ...before] = blackIn
  const first = months.at(-1)
  if (!newest || first === undefined || blackIn.length !== months.length) return []
  return [...newest].filter(id => before.every(black => black.has(id)) && !((talkedAt.get(id) ?? '') >= first)).sort()
}

/** @throws DomainError BAD_INPUT */
export function requireDue(dueOn: string, today: string): void {
  const last = addDays(today, talkLimits.days)
  if (dueOn < today || dueOn > last)
    fail('BAD_INPUT', { field: 'dueOn', found: dueOn, wanted: `${today} to ${last}`, wantedZh: `${today} 至 ${last}` })
}

/** @throws DomainError BAD_INPUT where it is to come, or was before anybody was called in */
export function requireHeldOn(heldOn: string, { openedOn }: Pick<Talk, 'openedOn'>, today: string): void {
  if (heldOn < openedOn || heldOn > today)
    fail('BAD_INPUT', {
      ...{ field: 'heldOn', found: heldOn },
      ...{ wanted: `${openedOn} to ${today}`, wantedZh: `${openedOn} 至 ${today}` },
    })
}

/** @throws DomainError TALK_CLOSED */
export function requireOpen({ state, closedOn }: Pick<Talk, 'state' | 'closedOn'>): void {
  if (state !== 'OPEN') fail('TALK_CLOSED', { found: closedOn })
}

export const isOverdue = ({ state, dueOn }: Pick<Talk, 'state' | 'dueOn'>, today: string): boolean =>
  state === 'OPEN' && dueOn < today
