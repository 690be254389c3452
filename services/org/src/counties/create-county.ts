import { createAsService, createTransact, recordAudit, shanghaiDay, systemActor } from '@linghang/access'
import { publish } from '@linghang/events'
import { v7 as uuidv7 } from 'uuid'
import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Tx } from '../deps.ts'

export type NewCounty = { code: string; name: string; adminIssuer: string; adminSubject: string }

/**
 * Registers a county (县、市、区) and its first administrator, who appoints everybody else through the API. For
 * operators: nobody can be asked yet who may do this. Run again with the same words it changes nothing.
 * @returns the county's id
 */
export async function createCounty(prisma: PrismaClient, input: NewCounty, now: Date): Promise<string> {
  const asService = createAsService<Tx>(prisma)
  const transact = createTransact<Tx>(prisma)
  const countyId = await asService(async tx => {
    await tx.$executeRaw`insert into county (id, code, name) values (${uuidv7()}::uuid, ${input.code}, ${input.name}) on conflict (code) do nothing`
    return (await tx.county.findUniqueOrThrow({ where: { code: input.code } })).id
  })
  await transact(systemActor(countyId), async tx => {
    const id = uuidv7()
    const inserted = await tx.$executeRaw`
      insert into account (id, county_id, org_id, kind, issuer, subject, confirmed_at)
      values (${id}::uuid, ${countyId}::uuid, null, 'PERSON', ${input.adminIssuer}, ${input.adminSubject}, ${now})
      on conflict do nothing`
    if (inserted === 0) return
    const office = { id: uuidv7(), accountId: id, orgId: null, role: 'ADMIN', startsOn: shanghaiDay(now), endsOn: null }
    await tx.office.create({ data: { ...office, countyId, startsOn: new Date(`${office.startsOn}T00:00:00Z`) } })
    await recordAudit({ tx, actor: systemActor(countyId) }, [
      { orgId: null, action: 'county.registered', subjectType: 'Office', subjectId: office.id },
    ])
    await publish({ tx, actor: systemActor(countyId) }, [
      { type: 'org.office.appointed.v1', orgId: null, subject: office.id, data: office },
    ])
  })
  return countyId
}
