import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import { followUpStore } from './store.ts'

/** Tells what an organisation still has to do after its meetings, as it stands now. */
export async function tellFollowUp(work: Work, orgId: string): Promise<void> {
  const { tx, actor, newId } = work
  const { id, told } = await followUpStore.count(tx, actor.countyId, orgId, newId())
  const dates = await followUpStore.dates(tx, orgId)
  const data = { id, orgId, open: dates.length > 0, dates, version: Number(told) }
  await publish(work, [{ type: 'org.follow-up.changed.v1', orgId, subject: id, data }])
}
