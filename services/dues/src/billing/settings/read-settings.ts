import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { settingsOn } from './settings.ts'
import { settingsStore } from './store.ts'

/** What the county has decided, or what is commonly done, by the day for which it is asked. */
export const settingsOfDay = one(async ({ tx, actor }: Work, days) => {
  const decided = await settingsStore.decided(tx, actor.countyId)
  return new Map(days.map(day => [day, settingsOn(decided, day)]))
})
