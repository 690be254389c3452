import type { Event } from '@linghang/events'
import { duesTellers } from './tell-dues.ts'
import { meetingTellers } from './tell-meetings.ts'
import { recordedTellers } from './tell-recorded.ts'
import type { Tellers, Telling, Told } from './telling.ts'

const tellers = { ...meetingTellers, ...duesTellers, ...recordedTellers } satisfies Tellers

export type ToldType = keyof typeof tellers
export const toldTypes = Object.keys(tellers) as ToldType[]

/** What one event says, and nothing but what it says: told again, or after others, it says the same. */
export function factsOf({ type, data }: Pick<Event<ToldType>, 'type' | 'data'>, told: Told): Telling {
  const tell = tellers[type] as (of: typeof data, told: Told) => Telling
  return tell(data, told)
}

/** Of several versions of one record the newest. */
export function newestTellings(tellings: readonly Telling[]): Telling[] {
  const newest = new Map<string, Telling>()
  for (const telling of tellings) {
    const key = `${telling.toldAs}/${telling.source.id}`
    if ((newest.get(key)?.source.version ?? 0) < telling.source.version) newest.set(key, telling)
  }
  return [...newest.values()]
}
