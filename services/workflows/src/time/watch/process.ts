import { type Event, type EventData, type EventType, newestOf, reaction } from '@linghang/events'
import type { DeadlineRule, Ladder } from '@linghang/rulebook'
import { room, type Work } from '../../work.ts'
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

type Watching<Source> = (
  work: Work,
  sources: readonly Source[],
  traceparents: ReadonlyMap<string, string>,
) => Promise<void>

/**
 * A kind of process whose things are rows of this service: whoever changes one lets it be watched as it stands then, in
 * the same transaction. `watch` takes over what is due of these now, of each thing at most one; they are handed over to
 * their workflows afterwards. An older version than the one that is known changes nothing.
 */
export function processOfRows<Source>(said: Said<Source>): Pick<Said<Source>, 'kind' | 'title'> & {
  /** @param traceparents the trace that last changed each thing, by its id */
  watch: Watching<Source>
} {
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

/** Events that tell the whole state of one thing, so that what is due follows from the newest of them. */
type Watchable = { [T in EventType]: EventData<T> extends { id: string; version: number } ? T : never }[EventType]

type SaidOfEvents<T extends Watchable> = Said<EventData<T>> & {
  /** Of its consumer group. */
  purpose: string
  /** The events whose things are watched. */
  watches: readonly T[]
  /** What else is done of the news, in the same transaction. `newest`: the newest state of each thing. */
  heard?: (work: Work, newest: readonly EventData<T>[], events: readonly Event<T>[]) => Promise<void>
}

/**
 * A kind of process whose things another service tells of: a room that watches them. Its reaction follows from
 * `watches`, so that a new kind is a folder that exports this, and its line in `service.ts`.
 */
export function process<T extends Watchable>({ purpose, watches, heard, ...said }: SaidOfEvents<T>) {
  const { kind, title, watch } = processOfRows(said)
  const watchEvents = reaction(watches, async (work: Work, events) => {
    const states = events as readonly { data: EventData<T> & { id: string; version: number } }[]
    const newest = newestOf(states, ({ id }) => id)
    await watch(work, newest, traceparentsOf(events))
    await heard?.(work, newest, events)
  })
  return { kind, title, ...room({ reactions: { [purpose]: [watchEvents] } }) }
}

/** The trace that last changed each thing, so that its workflow goes on in it. */
export const traceparentsOf = (events: readonly Pick<Event, 'subject' | 'traceparent'>[]): Map<string, string> =>
  new Map(events.flatMap(event => (event.traceparent ? [[event.subject, event.traceparent] as const] : [])))
