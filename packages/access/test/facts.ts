import type { Actor } from '@linghang/access'
import type { Data } from '@linghang/harness/ask'
import type { World } from '@linghang/harness/world'

/** What an answer lets its reader know, fact by fact: `profile a1`, `name a`, `person kai`, `dues kai`, `counts a1 2`. */
export type Facts = string[]

export type Look = (ask: World['askUntyped'], actor: Actor) => Promise<Facts>

/** What each entity that was found tells. */
export const each = <T extends string>(
  names: readonly T[],
  entities: Data[],
  tell: (entity: Data, name: T) => Facts,
): Facts => names.flatMap((name, i) => (entities?.[i] ? tell(entities[i], name) : []))
/** A field for each name, under it. */
export const aliases = (names: readonly string[], field: (name: string) => string) =>
  names.map(name => `${name}: ${field(name)}`).join('\n')
