import type { Doing } from '@linghang/access'
import type { EventType } from './catalogue.ts'
import type { Event } from './envelope.ts'

/** What a service does when others' events arrive: set-based, since a roster brings fifty thousand at once. */
export type Reaction<W> = {
  types: readonly EventType[]
  /** @param events one county's, in their order, none of them heard before; the effect belongs into `work.tx` */
  react(work: W, events: readonly Event[]): Promise<void>
}

/** What is done when events of these types arrive; what their data hold follows from the types. */
export const reaction = <T extends EventType, W extends Doing>(
  types: readonly T[],
  react: (work: W, events: readonly Event<T>[]) => Promise<void>,
  // The consumer hands on nothing but events of these types.
): Reaction<W> => ({ types, react: (work, events) => react(work, events as readonly Event<T>[]) })
