import { parseId, type Ref, type Room, ref } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { room, type Work } from '../../work.ts'

const byReference = { ref: ({ id }: Ref) => id }
/** Things of other subgraphs, which give their ids and the rest, or answer null. */
const elsewhere = {
  ...{ DuesSpending: byReference },
  ...{ Member: byReference, MemberImport: byReference, DevelopmentCase: byReference, Material: byReference },
  ...{ RealDuesAccount: byReference, DuesAccount: byReference, DuesJournal: byReference, DuesHold: byReference },
  ...{ DuesFixingLine: byReference, DuesWaiver: byReference, DuesOrder: byReference, DuesBill: byReference },
  ...{
    DuesPayment: byReference,
    DuesReceipt: byReference,
    DuesPublication: byReference,
    DuesReport: byReference,
    DuesFund: byReference,
  },
  ...{ DuesSettlement: byReference, DuesMismatch: byReference, DuesBankLine: byReference },
  ...{ BlackListing: byReference, LedgerDraw: byReference, LedgerReview: byReference, BoardDecision: byReference },
  ...{ NamingRequest: byReference, BoardTalk: byReference },
  ...{ ScoreSheet: byReference, PackDryRun: byReference, RecordedFact: byReference, Exemption: byReference },
  ...{ DuesRecord: byReference, Deadline: byReference, Approval: byReference, Delegation: byReference },
} satisfies Resolvers

const isElsewhere = (type: string): type is keyof typeof elsewhere => Object.hasOwn(elsewhere, type)

/**
 * Rooms, and one more that says where the ids of their things lead, told by what they begin with; a thing that is not
 * the actor's to see is null as one that is not.
 */
export function withNodes(...rooms: Room<Work>[]): Room<Work>[] {
  const loads = new Map(rooms.flatMap(({ nodes }) => Object.entries(nodes ?? {})))
  const resolvers: Resolvers = {
    ...elsewhere,
    Query: {
      node: async (_, { id }, context) => {
        const { type, uuid } = parseId(id) ?? { type: '', uuid: '' }
        if (isElsewhere(type)) return ref(type, uuid)
        const load = loads.get(type)
        const found = load ? await context.load(load, uuid) : null
        return found && { ...found, __typename: type }
      },
    },
  }
  return [...rooms, room({ resolvers })]
}
