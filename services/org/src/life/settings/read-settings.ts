import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type LifeSettings, undecided } from './settings.ts'
import { settingsStore } from './store.ts'

/** What the county has decided for a day. */
export const settingsOn = async ({ tx, actor }: Pick<Work, 'tx' | 'actor'>, day: string): Promise<LifeSettings> =>
  (await settingsStore.on(tx, actor.countyId, day)) ?? undecided

/** The same, by the day for which it is asked; requests ask for one day or two. */
export const settingsOfDay = one(async (work: Work, days) => {
  const found: [string, LifeSettings][] = []
  for (const day of days) found.push([day, await settingsOn(work, day)])
  return new Map(found)
})
