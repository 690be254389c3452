import type { Work } from '../../work.ts'
import { reportSettingsStore } from './store.ts'

/** What holds on a day, and what the actor has said of the own report. */
export async function readSettings({ tx, actor, today }: Work, on: string | null | undefined) {
  const decision = await reportSettingsStore.on(tx, actor.countyId, on ?? today)
  const declined = actor.memberId ? await reportSettingsStore.hasDeclined(tx, actor.memberId) : false
  return { isOn: decision?.isOn ?? false, decision: decision ?? null, declined }
}
