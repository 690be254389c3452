import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type AppealSettings, heldOn } from './settings.ts'
import { settingsStore } from './store.ts'

/** What the county has decided for a day. */
export const settingsOn = async ({ tx, actor }: Pick<Work, 'tx' | 'actor'>, day: string): Promise<AppealSettings> =>
  heldOn(await settingsStore.decided(tx, actor.countyId), day)

/** The same, by the day for which it is asked. */
export const settingsOfDay = one(async ({ tx, actor }: Work, days) => {
  const decided = await settingsStore.decided(tx, actor.countyId)
  return new Map(days.map(day => [day, heldOn(decided, day)]))
})
