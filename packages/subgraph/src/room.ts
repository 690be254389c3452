import type { Doing } from '@linghang/access'
import { keepCities, keepOrgTree, type Reaction, topicOf } from '@linghang/events'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type DocumentNode, Kind } from 'graphql'
import { commonErrors, type Message } from './errors.ts'
import { fromReference, type Reference } from './ids.ts'
import type { Load, RequestContext } from './request-context.ts'
import { dateScalar, dateTimeScalar, fenScalar } from './scalars.ts'
import type { ResolverMap } from './server.ts'

type Route<W extends Doing> = (app: FastifyInstance, contextOf: (request: FastifyRequest) => RequestContext<W>) => void

/** What a room is: whatever of it others meet. A service is the list of its rooms, bottom floor first. */
export type Room<W extends Doing> = {
  /** What it refuses, by code; no two rooms of the platform share one. */
  errors?: Readonly<Record<string, Message>>
  /** Its things that have an id of their own, by their type in the API: how others' references to them are followed. */
  nodes?: Readonly<Record<string, Load<W, [], object | null>>>
  resolvers?: ResolverMap
  /** What it does when others' events arrive, by the purpose of its consumer group `<service>.<purpose>`. */
  reactions?: Readonly<Record<string, readonly Reaction<W>[]>>
  /** Plain HTTP beside GraphQL: uploads, downloads. */
  routes?: Route<W> | readonly Route<W>[]
}

/** `room` of a service whose use cases work with `W`. */
export const roomsOf =
  <W extends Doing>() =>
  (parts: Room<W>): Room<W> =>
    parts

/**
 * Every refusal of these rooms.
 * @throws Error when two rooms own one code, or one that every service has
 */
export function errorsOf(rooms: readonly Pick<Room<Doing>, 'errors'>[]): Record<string, Message> {
  const owned: Record<string, Message> = {}
  for (const [code, texts] of rooms.flatMap(({ errors }) => Object.entries(errors ?? {}))) {
    if (Object.hasOwn(owned, code) || Object.hasOwn(commonErrors, code))
      throw new Error(`the error code ${code} is owned twice: a code says one thing, in one room`)
    owned[code] = texts
  }
  return owned
}

const scalars = { Date: dateScalar, DateTime: dateTimeScalar, Fen: fenScalar }

/** The resolvers of a service: its scalars, how its things are found by reference, and what its rooms say. */
export function resolversOf<W extends Doing>(schema: DocumentNode, rooms: readonly Room<W>[]): ResolverMap[] {
  const declared = new Set(
    schema.definitions.flatMap(node => (node.kind === Kind.SCALAR_TYPE_DEFINITION ? [node.name.value] : [])),
  )
  const byReference: ResolverMap[] = rooms.flatMap(({ nodes }) =>
    Object.entries(nodes ?? {}).map(([type, load]) => ({
      [type]: {
        __resolveReference: (reference: Reference, context: RequestContext<W>) =>
          context.load(load, fromReference(type, reference)),
      },
    })),
  )
  const own: readonly ResolverMap[] = rooms.flatMap(({ resolvers }) => (resolvers ? [resolvers] : []))
  return [Object.fromEntries(Object.entries(scalars).filter(([name]) => declared.has(name))), ...byReference, ...own]
}

/** Of two that hear one type in one group the second would never run, and nobody would be told. @throws Error naming both */
function requireHeardOnce(purpose: string, reactions: readonly Pick<Reaction<Doing>, 'types'>[]): void {
  const types = reactions.flatMap(one => one.types)
  const twice = types.find((type, i) => types.indexOf(type) !== i)
  if (twice)
    throw new Error(`two reactions of the consumer group ${purpose} hear ${twice}: give one a group of its own`)
}

/**
 * The consumer groups of a service: those of one purpose are one group, whichever rooms they are in.
 * @throws Error where two reactions of one hear the same event
 */
export function groupsOf<W extends Doing>(rooms: readonly Room<W>[]): Map<string, Reaction<W>[]> {
  const groups = new Map<string, Reaction<W>[]>()
  for (const [purpose, reactions] of rooms.flatMap(({ reactions }) => Object.entries(reactions ?? {})))
    groups.set(purpose, [...(groups.get(purpose) ?? []), ...reactions])
  for (const [purpose, reactions] of groups) requireHeardOnce(purpose, reactions)
  return groups
}

/** What a service reads: each group, the topics that its reactions' events travel on, and the reactions. */
export const readersOf = <W extends Doing>(service: string, rooms: readonly Room<W>[]) =>
  [...groupsOf(rooms)].map(([purpose, reactions]) => ({
    group: `${service}.${purpose}`,
    topics: [...new Set(reactions.flatMap(({ types }) => types.map(topicOf)))],
    reactions,
  }))

/** The service's own tree of organisations, on which its row-level security rests. */
export const treeRoom: Room<Doing> = { reactions: { 'org-tree': [keepOrgTree, keepCities] } }
