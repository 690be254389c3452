import { count, many, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenMeetings } from '../meetings/read-meetings.ts'
import type { MeetingNotice } from './notice.ts'
import { noticeStore } from './store.ts'

const seenIds = async (work: Work, ids: readonly string[]) => (await seenMeetings(work, ids)).map(({ id }) => id)

/** Who was told of each meeting that the actor sees, and what they answered. */
export const noticesOf = many(async (work: Work, ids, stretch: Stretch) =>
  noticeStore.ofMeetings(work.tx, await seenIds(work, ids), stretch),
)

export const noticeCountOf = count(async (work: Work, ids) =>
  noticeStore.countOfMeetings(work.tx, await seenIds(work, ids)),
)

/** The actor's own notices, the latest meeting first: none for an account without a file. */
export const readOwnNotices = async ({ tx, actor }: Work, stretch: Stretch): Promise<MeetingNotice[]> =>
  actor.memberId ? noticeStore.ofMember(tx, actor.memberId, stretch) : []

export const countOwnNotices = async ({ tx, actor }: Work): Promise<number> =>
  actor.memberId ? noticeStore.countOfMember(tx, actor.memberId) : 0

/** The actor's own notice of a meeting. */
export const readOwnNotice = async ({ tx, actor }: Work, meetingId: string): Promise<MeetingNotice | null> =>
  actor.memberId ? noticeStore.ofBoth(tx, meetingId, actor.memberId) : null

/** Of these meetings those of which the actor was told as a member. */
export const meetingsToldOf = async ({ tx, actor }: Work, meetingIds: readonly string[]): Promise<string[]> =>
  actor.memberId ? noticeStore.toldOf(tx, actor.memberId, meetingIds) : []
