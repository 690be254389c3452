import {
  createAsService,
  createPerform,
  createTransact,
  recordAudit,
  surroundings,
  systemActor,
  type Work,
} from '@linghang/access'
import { publish } from '@linghang/events'
import type { PrismaClient } from '../../../prisma/client/client.ts'
import type { Tx } from '../../work.ts'
import { countyStore } from './store.ts'

export type NewCounty = { code: string; name: string; adminIssuer: string; adminSubject: string }

/**
 * Registers a county (县、市、区) and its first administrator, who appoints everybody else through the API. For
 * operators: nobody can be asked yet who may do this. Run again with the same words it changes nothing.
 * @returns the county's id
 */
export async function createCounty(prisma: PrismaClient, input: NewCounty, now: Date): Promise<string> {
  const { code, name } = input
  const county = { id: surroundings.newId(), code, name }
  const countyId = await createAsService<Tx>(prisma)(tx => countyStore.register(tx, county))
  const perform = createPerform(createTransact<Tx>(prisma), { ...surroundings, now: () => now }, () => ({}))
  await perform(systemActor(countyId), work => appointAdministrator(work, input))
  return countyId
}

async function appointAdministrator(work: Work<Tx>, { adminIssuer, adminSubject }: NewCounty): Promise<void> {
  const { tx, actor, now, today } = work
  const { countyId } = actor
  const accountId = work.newId()
  const account = { id: accountId, countyId, issuer: adminIssuer, subject: adminSubject, confirmedAt: now }
  if (!(await countyStore.addAccount(tx, account))) return
  const office = { id: work.newId(), accountId, orgId: null, role: 'ADMIN', startsOn: today, endsOn: null } as const
  await countyStore.addOffice(tx, { ...office, countyId })
  await recordAudit(work, [{ orgId: null, action: 'county.registered', subjectType: 'Office', subjectId: office.id }])
  await publish(work, [{ type: 'org.office.appointed.v1', orgId: null, subject: office.id, data: office }])
}
