import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { countyStore } from './store.ts'

/** The actor's own county, or those of its city; another is nobody's to see. */
export const countyById = one(
  async ({ tx, actor }: Work, ids) => {
    const wanted = actor.cityId === undefined ? ids.filter(id => id === actor.countyId) : ids
    const counties = await countyStore.byIds(tx, wanted, actor.cityId ?? null)
    return new Map(counties.map(county => [county.id, county]))
  },
  { city: true },
)

/** What the actor's county is called. */
export const nameOfCounty = async ({ tx, actor }: Pick<Work, 'tx' | 'actor'>): Promise<string> =>
  (await countyStore.byId(tx, actor.countyId))?.name ?? ''
