import { count, many, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Meeting } from '../meetings/meeting.ts'
import { seenMeetings } from '../meetings/read-meetings.ts'
import { foundStore } from './store.ts'

/** Closed meetings of organisations that the actor sees, and of those below them, that say a text; the newest first. */
export const meetingsFound = many(async (work: Work, orgIds, text: string, stretch: Stretch) => {
  const found: [string, Meeting[]][] = []
  for (const orgId of await work.supervision.seen(orgIds)) {
    const ids = await foundStore.page(work.tx, orgId, text, stretch)
    const meetings = new Map((await seenMeetings(work, ids)).map(meeting => [meeting.id, meeting]))
    found.push([orgId, ids.flatMap(id => meetings.get(id) ?? [])])
  }
  return new Map(found)
})

export const meetingsFoundCount = count(async (work: Work, orgIds, text: string) => {
  const found: [string, number][] = []
  for (const orgId of await work.supervision.seen(orgIds))
    found.push([orgId, await foundStore.count(work.tx, orgId, text)])
  return new Map(found)
})
