import { anyOf, sqlOf } from '@linghang/database'
import { seesWholeCounty } from './actor.ts'
import type { Doing } from './doing.ts'
import type { RawTx } from './transact.ts'

/** An office of a city asked for what is a county's: somebody's file, an organisation, anything that would change. */
export class NotForCity extends Error {
  override name = 'NotForCity'
  constructor() {
    super('an office of a city reads what is summed up of its counties and nothing else')
  }
}

/** To which city a county belongs; null: to none. */
export type CityOfCounty = { countyId: string; cityId: string | null; version: number }

/** Takes over what the org service told of a county; what is known already changes nothing. */
export async function writeCityOfCounty(tx: RawTx, { countyId, cityId, version }: CityOfCounty): Promise<void> {
  await sqlOf(tx)
    .insertInto('cityCounty')
    .values({ countyId, cityId, version: BigInt(version) })
    .onConflict(found =>
      found
        .column('countyId')
        .doUpdateSet({ cityId, version: BigInt(version) })
        .whereRef('excluded.version', '>', 'cityCounty.version'),
    )
    .execute()
}

/**
 * Of these counties those whose sums the actor sees: an office of a city those of its city, an office over a whole county
 * its own. One statement at most.
 */
export async function countiesSummed({ tx, actor }: Doing, countyIds: readonly string[]): Promise<string[]> {
  if (actor.cityId === undefined) return seesWholeCounty(actor) ? countyIds.filter(id => id === actor.countyId) : []
  const counties = await sqlOf(tx)
    .selectFrom('cityCounty')
    .select('countyId')
    .where('countyId', '=', anyOf(countyIds))
    .where('cityId', '=', actor.cityId)
    .execute()
  return counties.map(({ countyId }) => countyId)
}
