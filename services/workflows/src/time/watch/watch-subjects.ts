import type { Event } from '@linghang/events'
import type { Work } from '../../work.ts'
import { watchStore } from './store.ts'
import type { Subject } from './subject.ts'

/** The trace that last changed each subject, so that its workflow goes on in it. */
export const traceparentsOf = (events: readonly Event[]): Map<string, string> =>
  new Map(events.flatMap(event => (event.traceparent ? [[event.subject, event.traceparent] as const] : [])))

/**
 * Takes over, in the writer's transaction, what is due of these subjects now; they are handed over to their workflows afterwards.
 * @param subjects each at most once; an older version than the one that is known changes nothing
 * @param traceparents the trace that last changed each subject, by its id
 */
export const watchSubjects = (
  { tx, actor }: Work,
  subjects: readonly Subject[],
  traceparents: ReadonlyMap<string, string>,
): Promise<void> => watchStore.watch(tx, actor.countyId, subjects, traceparents)
