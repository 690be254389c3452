import {
  createAsService,
  createPerform,
  createTransact,
  recordAudit,
  shanghaiDay,
  surroundings,
  systemActor,
} from '@linghang/access'
import { publish } from '@linghang/events'
import type { PrismaClient } from '../../../prisma/client/client.ts'
import type { Tx } from '../../work.ts'
import { fail } from './errors.ts'
import { cityStore } from './store.ts'

export type LeavingCity = {
  code: string
  /** The login whose office of the city ends today; null: none. */
  office: { issuer: string; subject: string } | null
  /** Codes of counties that belong to it no longer. */
  counties: readonly string[]
}

/**
 * Ends an office of a city and lets counties go from it: from that moment the login reads nothing, and of the counties nobody of
 * the city does. For operators, as what opened it. Whatever is refused is refused before anything is written.
 * @returns how many counties were let go
 * @throws DomainError what is in the way
 */
export async function leaveCity(prisma: PrismaClient, input: LeavingCity, now: Date): Promise<number> {
  const asService = createAsService<Tx>(prisma)
  const { city, counties, officeId } = await asService(tx => whatIsThere(tx, input))
  if (officeId !== null) await asService(tx => cityStore.endOffice(tx, officeId, shanghaiDay(now)))
  const perform = createPerform(createTransact<Tx>(prisma), { ...surroundings, now: () => now }, () => ({}))
  for (const { id } of counties)
    await perform(systemActor(id), async work => {
      const version = await cityStore.release(work.tx, id, city.id)
      if (version === null) return
      await recordAudit(work, [{ orgId: null, action: 'county.released', subjectType: 'City', subjectId: city.id }])
      await publish(work, [
        { type: 'org.county.placed.v1', orgId: null, subject: id, data: { id, cityId: null, version } },
      ])
    })
  return counties.length
}

/** The city, its counties and its office that are named. */
async function whatIsThere(tx: Tx, { code, office, counties }: LeavingCity) {
  const city = (await cityStore.byCode(tx, code)) ?? fail('CITY_UNREGISTERED', { code })
  const held = office && (await cityStore.officeOfLogin(tx, office.issuer, office.subject))
  if (office && held?.code !== code) fail('CITY_LOGIN_IS_OF_NONE', { code })
  const placed = counties.length > 0 ? await cityStore.placed(tx, counties) : []
  const missing = counties.find(county => !placed.some(one => one.code === county && one.cityCode === code))
  if (missing !== undefined) fail('COUNTY_NOT_IN_CITY', { county: missing, city: code })
  return { city, counties: placed, officeId: held?.id ?? null }
}
