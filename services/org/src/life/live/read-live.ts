import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenMeetings } from '../meetings/read-meetings.ts'
import { meetingsToldOf } from '../notices/read-notices.ts'
import type { MeetingMakeUp } from './live.ts'
import { liveStore } from './store.ts'

/** Meetings that the actor sees by office, or was told of as a member. */
async function followed(work: Work, ids: readonly string[]): Promise<string[]> {
  const seen = (await seenMeetings(work, ids)).map(({ id }) => id)
  return [...new Set([...seen, ...(await meetingsToldOf(work, ids))])]
}

export const streamOf = one(async (work: Work, ids) => {
  const streams = await liveStore.streams(work.tx, await followed(work, ids))
  return new Map(streams.map(stream => [stream.meetingId, stream]))
})

export const remarksOf = many(async (work: Work, ids, stretch: Stretch) =>
  liveStore.remarks(work.tx, await followed(work, ids), stretch),
)
export const remarkCountOf = count(async (work: Work, ids) =>
  liveStore.remarkCounts(work.tx, await followed(work, ids)),
)

/** Whoever has said that they made up a meeting which the actor sees. */
export const makeUpsOf = many(async (work: Work, ids) => {
  const seen = (await seenMeetings(work, ids)).map(({ id }) => id)
  return Map.groupBy(await liveStore.makeUps(work.tx, seen), ({ meetingId }) => meetingId)
})

/** What the actor has said of making up a meeting. */
export const ownMakeUpOf = one(async ({ tx, actor }: Work, ids): Promise<Map<string, MeetingMakeUp>> => {
  const own = actor.memberId ? await liveStore.ownMakeUps(tx, ids, actor.memberId) : []
  return new Map(own.map(makeUp => [makeUp.meetingId, makeUp]))
})
