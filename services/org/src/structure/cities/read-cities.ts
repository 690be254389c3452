import { countiesSummed } from '@linghang/access'
import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { County } from '../counties/store.ts'
import { cityStore } from './store.ts'

/** The city of the actor's office; another is nobody's to see. */
export const ownCity = one(
  async ({ tx, actor }: Work, ids) => {
    const city =
      actor.cityId !== undefined && ids.includes(actor.cityId) ? await cityStore.byId(tx, actor.cityId) : null
    return new Map(city ? [[city.id, city]] : [])
  },
  { city: true },
)

const own = ({ actor }: Work, ids: readonly string[]): string[] => ids.filter(id => id === actor.cityId)

export const countiesOfCity = many(
  async (work: Work, cityIds, stretch: Stretch): Promise<Map<string, County[]>> =>
    cityStore.countiesOf(work.tx, own(work, cityIds), stretch),
  { city: true },
)

export const countyCountOfCity = count(
  async (work: Work, cityIds) => cityStore.countCounties(work.tx, own(work, cityIds)),
  { city: true },
)

/** Of whole counties, for whoever may see their sums: one statement for all. */
export const countsOfCounties = one(
  async (work: Work, countyIds) => cityStore.countsOf(work.tx, await countiesSummed(work, countyIds)),
  { city: true },
)

/** Of which city a login is an office today; null: of none. */
export async function cityOfLogin(
  { tx }: Pick<Work, 'tx'>,
  issuer: string,
  subject: string,
): Promise<{ cityId: string; officeId: string } | null> {
  const office = await cityStore.officeOfLogin(tx, issuer, subject)
  return office && { cityId: office.cityId, officeId: office.id }
}
