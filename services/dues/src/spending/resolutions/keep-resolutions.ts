import type { MeetingState } from '@linghang/events'
import type { Work } from '../../work.ts'
import { spendingResolutionsOf } from './resolution.ts'
import { resolutionStore } from './store.ts'

/** On which requests these meetings decide, as they stand now or stood before. */
export async function spendingsDecidedBy(
  { tx, actor }: Pick<Work, 'tx' | 'actor'>,
  meetings: readonly MeetingState[],
): Promise<string[]> {
  const before = await resolutionStore.spendingsOf(
    tx,
    actor.countyId,
    meetings.map(({ id }) => id),
  )
  const now = meetings.flatMap(spendingResolutionsOf).map(({ spendingId }) => spendingId)
  return [...new Set([...before, ...now])]
}

/** Keeps what closed meetings decide on spending; a correction of the meeting is the word that counts. */
export const keepResolutions = ({ tx, actor }: Pick<Work, 'tx' | 'actor'>, meetings: readonly MeetingState[]) =>
  resolutionStore.keep(
    tx,
    actor.countyId,
    meetings.map(({ id, version }) => ({ meetingId: id, version })),
    meetings.flatMap(spendingResolutionsOf),
  )
