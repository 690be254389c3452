import { parseId, type Room } from '@linghang/subgraph'
import { type Context, room, type Work } from '../work.ts'

/** Things of other subgraphs, which give their ids and the rest, or answer null. */
const typesElsewhere = [
  ...['Member', 'MemberImport', 'DevelopmentCase', 'Material', 'DuesRecord'],
  ...['Deadline', 'Approval', 'Delegation'],
]
const byReference = { ref: ({ id }: { id: string }) => id }

/**
 * Rooms, and one more that says where the ids of their things lead, told by what they begin with; a thing that is not
 * the actor's to see is null as one that is not.
 */
export function withNodes(...rooms: Room<Work>[]): Room<Work>[] {
  const loads = new Map(rooms.flatMap(({ nodes }) => Object.entries(nodes ?? {})))
  const nodes = room({
    resolvers: {
      ...Object.fromEntries(typesElsewhere.map(type => [type, byReference])),
      Node: { __resolveType: (node: { __typename: string }) => node.__typename },
      Query: {
        node: async (_: unknown, { id }: { id: string }, context: Context) => {
          const { type, uuid } = parseId(id) ?? { type: '', uuid: '' }
          if (typesElsewhere.includes(type)) return { __typename: type, id }
          const load = loads.get(type)
          const found = load ? await context.load(load, uuid) : null
          return found && { ...found, __typename: type }
        },
      },
    },
  })
  return [...rooms, nodes]
}
