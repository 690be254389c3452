import { publish } from '@linghang/events'
import { factStore } from '../../facts/journal/store.ts'
import type { Work } from '../../work.ts'
import type { Talk } from './talk.ts'

/** Tells how a talk stands, so that the county is reminded until it is held or dropped: it is called for once, and closed once. */
export async function tellTalk(work: Work, { id, orgId, dueOn }: Talk, { open }: { open: boolean }): Promise<void> {
  const countyOrgId = await factStore.topOf(work.tx, work.actor.countyId)
  if (countyOrgId === null) throw new Error('a branch is called in and its county has no top')
  const data = { id, orgId, countyOrgId, dueOn, open, version: open ? 1 : 2 }
  await publish(work, [{ type: 'assessment.talk.changed.v1', orgId, subject: id, data }])
}
