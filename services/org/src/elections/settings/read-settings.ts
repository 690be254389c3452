import type { ElectionRules } from '@linghang/rulebook'
import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type ElectionSettings, heldOn, rulesOf } from './settings.ts'
import { electionSettingsStore } from './store.ts'

/** By which rules an election is held that is opened today. */
export const electionRulesOfToday = async ({ tx, actor, today }: Work): Promise<ElectionRules> =>
  rulesOf(heldOn(await electionSettingsStore.decided(tx, actor.countyId), today))

/** What the county has decided, by the day for which it is asked. */
export const electionSettingsOfDay = one(async ({ tx, actor }: Work, days) => {
  const decided = await electionSettingsStore.decided(tx, actor.countyId)
  return new Map(days.map((day): [string, ElectionSettings] => [day, heldOn(decided, day)]))
})
