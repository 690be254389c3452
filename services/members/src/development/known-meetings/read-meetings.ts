import type { Tx } from '../../work.ts'
import type { MeetingRecord } from './meeting-record.ts'
import { meetingStore } from './store.ts'

/** Closed meetings by id, as far as this service has heard of them. */
export const meetingRecords = (tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, MeetingRecord>> =>
  meetingStore.byIds(tx, countyId, ids)

/** Closed meetings of a branch that decided on a person, from a day on, the newest first; twenty at most. */
export const meetingsAbout = (
  tx: Tx,
  countyId: string,
  about: { orgId: string; memberId: string; since: string },
): Promise<MeetingRecord[]> => meetingStore.about(tx, countyId, about)

/** Keeps the newest version of each meeting. */
export const keepRecords = (tx: Tx, countyId: string, meetings: readonly MeetingRecord[]): Promise<void> =>
  meetingStore.keep(tx, countyId, meetings)
