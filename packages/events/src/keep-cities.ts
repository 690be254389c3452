import { type Doing, writeCityOfCounty } from '@linghang/access'
import { newestOf } from './keep-org-tree.ts'
import { reaction } from './reaction.ts'

/** Keeps to which city a county belongs, on which row-level security for offices of cities rests. */
export const keepCities = reaction(['org.county.placed.v1'], async ({ tx, actor }: Doing, events) => {
  // One county's events: the id in them is that of their envelope.
  for (const { cityId, version } of newestOf(events, ({ id }) => id))
    await writeCityOfCounty(tx, { countyId: actor.countyId, cityId, version })
})
