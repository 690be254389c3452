import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { countyStore } from './store.ts'

/** The actor's own county; another is nobody's to see. */
export const ownCounty = one(async ({ tx, actor }: Work, ids) => {
  const county = ids.includes(actor.countyId) ? await countyStore.byId(tx, actor.countyId) : null
  return new Map(county ? [[county.id, county]] : [])
})

/** What the actor's county is called. */
export const nameOfCounty = async ({ tx, actor }: Pick<Work, 'tx' | 'actor'>): Promise<string> =>
  (await countyStore.byId(tx, actor.countyId))?.name ?? ''
