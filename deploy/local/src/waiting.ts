import type { Lag } from '@linghang/events'
import { services } from '@linghang/migrations'

export type Waiting = { group: string; topic: string; messages: bigint }

const isGateway = (group: string): boolean => group.startsWith('gateway.')

/** Groups of a cluster that others use as well are theirs. */
const isOurs = (group: string): boolean => isGateway(group) || services.some(service => group.startsWith(`${service}.`))

/**
 * What our groups have yet to read of each topic. Each gateway has a group of its own, and they are told as one: of
 * gateways that have ended the groups stay for a while and fall behind, so the one that is furthest counts.
 */
export function waitingOf(lags: readonly Lag[]): Waiting[] {
  const ofGroups = [
    ...Map.groupBy(
      lags.filter(lag => isOurs(lag.group)),
      ({ group, topic }) => `${group}\t${topic}`,
    ),
  ]
    .flatMap(([, [first, ...others]]) =>
      first ? [{ ...first, messages: others.reduce((sum, { messages }) => sum + messages, first.messages) }] : [],
    )
    .map(({ group, topic, messages }) => ({ group: isGateway(group) ? 'gateway.grants' : group, topic, messages }))
  const told = new Map<string, Waiting>()
  for (const waiting of ofGroups) {
    const key = `${waiting.group}\t${waiting.topic}`
    const before = told.get(key)
    if (!before || waiting.messages < before.messages) told.set(key, waiting)
  }
  return [...told.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, waiting]) => waiting)
}
