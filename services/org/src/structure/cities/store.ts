import { anyOf, countUnder, insertOnce, type Stretch, stretchUnder } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { County } from '../counties/store.ts'
import { type City, type CityOffice, type CountyCounts, countsOfKinds } from './city.ts'

const ofCounty = [...(['county.id', 'county.code', 'county.name'] as const)]

export const cityStore = {
  byId: (tx: Tx, id: string): Promise<City | null> => tx.city.findUnique({ where: { id } }),

  countiesOf: (tx: Tx, cityIds: readonly string[], stretch: Stretch): Promise<Map<string, County[]>> =>
    stretchUnder(
      sqlOf(tx),
      cityIds,
      cityId =>
        sqlOf(tx)
          .selectFrom('county')
          .innerJoin('cityCounty', 'cityCounty.countyId', 'county.id')
          .select(ofCounty)
          .where('cityCounty.cityId', '=', cityId),
      stretch,
      { by: ['code'] },
    ),

  countCounties: (tx: Tx, cityIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), cityIds, cityId =>
      sqlOf(tx).selectFrom('cityCounty').select('countyId').where('cityId', '=', cityId),
    ),

  /** Counted for all counties at once; one that has no organisation is told as having none. */
  async countsOf(tx: Tx, countyIds: readonly string[]): Promise<Map<string, CountyCounts>> {
    const counted = await sqlOf(tx)
      .selectFrom('orgNode')
      .select(({ fn, cast }) => ['countyId', 'kind', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('countyId', '=', anyOf(countyIds))
      .where('endedOn', 'is', null)
      .groupBy(['countyId', 'kind'])
      .execute()
    const byCounty = Map.groupBy(counted, ({ countyId }) => countyId)
    return new Map(countyIds.map(id => [id, countsOfKinds(byCounty.get(id) ?? [])]))
  },

  /** Registers a city unless there is one of this code. @returns the one that there is */
  async register(tx: Tx, city: City): Promise<City> {
    await insertOnce(sqlOf(tx).insertInto('city').values(city))
    return tx.city.findUniqueOrThrow({ where: { code: city.code } })
  },

  byCode: (tx: Tx, code: string): Promise<City | null> => tx.city.findUnique({ where: { code } }),

  /** The office that a login holds today in whatever city. */
  async officeOfLogin(tx: Tx, issuer: string, subject: string): Promise<(CityOffice & { code: string }) | null> {
    const office = await sqlOf(tx)
      .selectFrom('cityOffice')
      .innerJoin('city', 'city.id', 'cityOffice.cityId')
      .select(['cityOffice.id', 'cityId', 'cityOffice.name', 'issuer', 'subject', 'city.code'])
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .where('endsOn', 'is', null)
      .executeTakeFirst()
    return office ?? null
  },

  /** @returns false where the login holds an office already */
  openOffice: (tx: Tx, office: CityOffice & { startsOn: string }): Promise<boolean> =>
    insertOnce(sqlOf(tx).insertInto('cityOffice').values(office)),

  async endOffice(tx: Tx, id: string, endsOn: string): Promise<void> {
    await sqlOf(tx).updateTable('cityOffice').set({ endsOn }).where('id', '=', id).where('endsOn', 'is', null).execute()
  },

  /** Counties by code, each with the city that it belongs to. */
  placed: (tx: Tx, codes: readonly string[]): Promise<{ id: string; code: string; cityCode: string | null }[]> =>
    sqlOf(tx)
      .selectFrom('county')
      .leftJoin('cityCounty', 'cityCounty.countyId', 'county.id')
      .leftJoin('city', 'city.id', 'cityCounty.cityId')
      .select(['county.id', 'county.code', 'city.code as cityCode'])
      .where('county.code', 'in', [...codes])
      .execute(),

  /** Binds a county that belongs to no city. @returns its version; null where it belongs to one */
  async bind(tx: Tx, countyId: string, cityId: string): Promise<number | null> {
    const bound = await sqlOf(tx)
      .insertInto('cityCounty')
      .values({ countyId, cityId, version: 1n })
      .onConflict(found =>
        found
          .column('countyId')
          .doUpdateSet(({ eb, ref }) => ({ cityId, version: eb(ref('cityCounty.version'), '+', 1n) }))
          .where('cityCounty.cityId', 'is', null),
      )
      .returning('version')
      .executeTakeFirst()
    return bound ? Number(bound.version) : null
  },

  /** Lets a county of a city go. @returns its version; null where it does not belong to it */
  async release(tx: Tx, countyId: string, cityId: string): Promise<number | null> {
    const released = await sqlOf(tx)
      .updateTable('cityCounty')
      .set(({ eb, ref }) => ({ cityId: null, version: eb(ref('version'), '+', 1n) }))
      .where('countyId', '=', countyId)
      .where('cityId', '=', cityId)
      .returning('version')
      .executeTakeFirst()
    return released ? Number(released.version) : null
  },
}
