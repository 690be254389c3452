import type { Work } from '../../work.ts'
import type { BoardDecision } from '../decisions/decision.ts'
import { boardDecisionStore } from '../decisions/store.ts'
import { blackOf, readTimes } from '../places/read-standing.ts'
import { runningMonths } from '../places/times.ts'
import { talkStore } from './store.ts'
import { toCallIn } from './talk.ts'

export type Due = { decision: BoardDecision; months: string[]; orgIds: string[] }

/** Whose heads are to be called in by the decision that holds today; null where none does. */
export async function dueTalks(work: Work): Promise<Due | null> {
  const { tx, actor, today } = work
  const decision = (await boardDecisionStore.on(tx, actor.countyId, today)).get('RED_BLACK')
  if (!decision) return null
  const times = runningMonths(await readTimes(work, 'RED_BLACK'))
  if (times === null) return { decision, months: [], orgIds: [] }
  const black: Set<string>[] = []
  for (const time of times) black.push(await blackOf(work, decision, time))
  const months = times.map(({ period }) => period.from)
  return { decision, months, orgIds: toCallIn(months, black, await talkStore.lastMonths(tx, actor.countyId)) }
}
