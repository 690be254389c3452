import { publish } from '@linghang/events'
import { fixingDeadline } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { settingsOn } from '../settings/settings.ts'
import { settingsStore } from '../settings/store.ts'
import { scheduleStore } from './schedule-store.ts'
import { toldSchedule } from './tell-lines.ts'

/** By when a year's fixing is done: as the county has decided for the beginning of that year, or as is commonly done. */
export async function fixingDueOn({ tx, actor }: Work, year: number): Promise<string> {
  const settings = settingsOn(await settingsStore.decided(tx, actor.countyId), `${year}-01-01`)
  return fixingDeadline(year, settings).dueOn
}

/** Lets the days of fixings that are still open follow what the county has decided since; again without effect. @returns how many have moved */
export async function followFixingDays(work: Work): Promise<number> {
  const { tx, actor } = work
  let moved = 0
  for (const year of await scheduleStore.openYears(tx, actor.countyId)) {
    const found = await scheduleStore.move(tx, actor.countyId, year, await fixingDueOn(work, year))
    await publish(work, found.map(toldSchedule))
    moved += found.length
  }
  return moved
}
