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
import { accountOfLogin } from '../accounts/read-accounts.ts'
import type { City } from './city.ts'
import { fail } from './errors.ts'
import { cityStore } from './store.ts'

export type NewCity = {
  code: string
  name: string
  /** A login that reads the city's counties from now on, and what its office is called; null: those that there are. */
  office: { name: string; issuer: string; subject: string } | null
  /** Codes of counties that belong to the city from now on. */
  counties: readonly string[]
}

/**
 * Registers a city (市), opens an office of it and binds counties to it. For operators: nobody above could be asked whether
 * it may be done. Whatever is refused is refused before anything is written; run again with the same words it changes nothing.
 * @returns the city's id
 * @throws DomainError what is in the way
 */
export async function createCity(prisma: PrismaClient, input: NewCity, now: Date): Promise<string> {
  const asService = createAsService<Tx>(prisma)
  const counties = await asService(tx => whatMayBeDone(tx, input))
  const city = await asService(tx => writeCity(tx, input, shanghaiDay(now)))
  const perform = createPerform(createTransact<Tx>(prisma), { ...surroundings, now: () => now }, () => ({}))
  for (const { id } of counties.filter(({ cityCode }) => cityCode === null))
    await perform(systemActor(id), async work => {
      const version = await cityStore.bind(work.tx, id, city.id)
      if (version === null) return
      await recordAudit(work, [{ orgId: null, action: 'county.placed', subjectType: 'City', subjectId: city.id }])
      await publish(work, [
        { type: 'org.county.placed.v1', orgId: null, subject: id, data: { id, cityId: city.id, version } },
      ])
    })
  return city.id
}

/** The counties that are named, as they are placed now. */
async function whatMayBeDone(tx: Tx, { code, name, office, counties }: NewCity) {
  const known = await cityStore.byCode(tx, code)
  if (known && known.name !== name) fail('CITY_NAMED_OTHERWISE', { code, found: known.name, name })
  if (office) {
    const held = await cityStore.officeOfLogin(tx, office.issuer, office.subject)
    if (held && held.code !== code) fail('CITY_LOGIN_IS_OF_OTHER_CITY', { code: held.code })
    if (await accountOfLogin({ tx }, office.issuer, office.subject)) fail('CITY_LOGIN_IS_OF_COUNTY')
  }
  const placed = counties.length > 0 ? await cityStore.placed(tx, counties) : []
  const unknown = counties.find(county => !placed.some(one => one.code === county))
  if (unknown !== undefined) fail('COUNTY_UNREGISTERED', { code: unknown })
  const elsewhere = placed.find(({ cityCode }) => cityCode !== null && cityCode !== code)
  if (elsewhere) fail('COUNTY_IN_OTHER_CITY', { county: elsewhere.code, city: elsewhere.cityCode })
  return placed
}

async function writeCity(tx: Tx, { code, name, office }: NewCity, today: string): Promise<City> {
  const city = await cityStore.register(tx, { id: surroundings.newId(), code, name })
  if (office) await cityStore.openOffice(tx, { id: surroundings.newId(), cityId: city.id, startsOn: today, ...office })
  return city
}
