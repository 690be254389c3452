import type { ElectionRules } from '@linghang/rulebook'
import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type ElectionSettings, rulesOf, undecided } from './settings.ts'
import { electionSettingsStore } from './store.ts'

const settingsOn = async ({ tx, actor }: Work, day: string): Promise<ElectionSettings> =>
  (await electionSettingsStore.heldOn(tx, actor.countyId, day)) ?? undecided

/** By which rules an election is held that is opened today. */
export const electionRulesOfToday = async (work: Work): Promise<ElectionRules> =>
  rulesOf(await settingsOn(work, work.today))

/** What the county has decided, by the day for which it is asked. */
export const electionSettingsOfDay = one(
  async (work: Work, days) =>
    new Map(
      await Promise.all(
        days.map(async (day): Promise<[string, ElectionSettings]> => [day, await settingsOn(work, day)]),
      ),
    ),
)
