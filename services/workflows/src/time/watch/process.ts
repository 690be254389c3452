import type { Event } from '@linghang/events'
import type { DeadlineRule, Ladder } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import type { NewWatch, StatedDate, Watched } from './new-watch.ts'
import { watchStore } from './store.ts'

/** What a kind of process says of itself. `Source`: what it is known by, an event's data or a row of its own. */
type Said<Source> = {
  /** Of the watches in the table; ids of their workflows begin with it. */
  kind: string
  watched: (source: Source) => Watched
  /** All that is due of it while it is open. */
  datesOf: (source: Source) => StatedDate[]
  /** The rungs by which a date is reminded of. */
  ladder: (source: Source, date: StatedDate) => Ladder
  /** Whether what is overdue comes back every week. */
  comesBack: boolean
  /** What its dates are called in a calendar. */
  title: Partial<Record<DeadlineRule, string>>
}

export type Process<Source> = Pick<Said<Source>, 'kind' | 'title'> & {
  /**
   * Takes over, in the writer's transaction, what is due of these now; they are handed over to their workflows
   * afterwards. An older version than the one that is known changes nothing.
   * @param sources of each thing at most one
   * @param traceparents the trace that last changed each thing, by its id
   */
  watch(work: Work, sources: readonly Source[], traceparents: ReadonlyMap<string, string>): Promise<void>
}

/** A kind of process whose owner says what is to be watched. */
export function process<Source>(said: Said<Source>): Process<Source> {
  const watchOf = (source: Source): NewWatch => {
    const watched = said.watched(source)
    const dates = watched.isOpen ? said.datesOf(source) : []
    return {
      ...watched,
      ...{ kind: said.kind, comesBack: said.comesBack },
      dates: dates.map(date => ({ ...date, ladder: said.ladder(source, date) })),
    }
  }
  return {
    ...{ kind: said.kind, title: said.title },
    watch: ({ tx, actor }, sources, traceparents) =>
      watchStore.watch(tx, actor.countyId, sources.map(watchOf), traceparents),
  }
}

/** The trace that last changed each thing, so that its workflow goes on in it. */
export const traceparentsOf = (events: readonly Event[]): Map<string, string> =>
  new Map(events.flatMap(event => (event.traceparent ? [[event.subject, event.traceparent] as const] : [])))
