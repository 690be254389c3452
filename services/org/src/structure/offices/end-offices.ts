import { recordAudit } from '@linghang/access'
import type { Work } from '../../work.ts'
import { publishOffice } from './publish-office.ts'
import { officeStore } from './store.ts'

/** Offices at an organisation that have not ended, by whose they are; of whoever has a login, wherever it is kept. */
export const openOfficesOf = ({ tx, today }: Work, orgId: string, people: readonly string[]) =>
  officeStore.openOfPeople(tx, orgId, people, today)

/**
 * Ends offices from today on, in the transaction of whoever calls, who has asked whether the actor may. One that begins
 * later ends on the day on which it would have begun, and one that has ended meanwhile stays as it ended.
 */
export async function endOffices(work: Work, ids: readonly string[], reason: string): Promise<void> {
  const { tx, actor, today } = work
  for (const id of [...ids].sort()) {
    const office = await officeStore.lock(tx, actor.countyId, id)
    if (!office || (office.endsOn !== null && office.endsOn <= today)) continue
    const endsOn = office.startsOn > today ? office.startsOn : today
    const ended = await officeStore.end(tx, id, { endsOn, reason, endedBy: actor.accountId })
    await recordAudit(work, [{ orgId: office.orgId, action: 'office.ended', subjectType: 'Office', subjectId: id }])
    await publishOffice(work, 'ended', ended)
  }
}

/** Ends every office at an organisation that ends itself. */
export async function endOfficesAt(work: Work, orgId: string, reason: string): Promise<void> {
  await endOffices(work, await officeStore.openAt(work.tx, orgId, work.today), reason)
}
