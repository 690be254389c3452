import { fromId, optionalId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { correctFact } from './correct-fact.ts'
import { recordedById, recordedVersions } from './read-recorded.ts'
import { recordFact } from './record-fact.ts'
import { withdrawFact } from './withdraw-fact.ts'

const payload = async (context: Context, id: string) => ({ fact: await context.load(recordedById, id) })
const listed = (attributes: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: `${value}` }))

export const recordedResolvers: Resolvers = {
  RecordedFact: {
    id: ({ id }) => toId('RecordedFact', id),
    ref: ({ id }) => toId('RecordedFact', id),
    member: ({ subjectType, subjectId }) => (subjectType === 'MEMBER' ? ref('Member', subjectId) : null),
    organisation: ({ subjectType, subjectId }) =>
      subjectType === 'ORGANISATION' ? ref('Organisation', subjectId) : null,
    quantity: ({ quantity }) => quantity / 100,
    attributes: ({ attributes }) => listed(attributes),
    versions: ({ id }, _, context) => context.load(recordedVersions, id),
  },
  RecordedFactVersion: {
    quantity: ({ quantity }) => quantity / 100,
    attributes: ({ attributes }) => listed(attributes),
  },
  Mutation: {
    recordFact: async (_, { input }, context) => {
      const wanted = {
        memberId: optionalId('Member', input.memberId, 'memberId'),
        orgId: optionalId('Organisation', input.organisationId, 'organisationId'),
        ...{ kind: input.kind, day: input.day, quantity: input.quantity ?? 1, attributes: input.attributes ?? [] },
        evidence: input.evidence,
      }
      return payload(context, await context.run(recordFact, wanted, input.idempotencyKey))
    },
    correctFact: async (_, { input }, context) => {
      const { day, evidence, reason } = input
      const said = { day, evidence, reason, quantity: input.quantity ?? 1, attributes: input.attributes ?? [] }
      const wanted = { ...said, id: fromId('RecordedFact', input.id) }
      return payload(context, await context.run(correctFact, wanted, input.idempotencyKey))
    },
    withdrawFact: async (_, { input }, context) => {
      const wanted = { id: fromId('RecordedFact', input.id), reason: input.reason }
      return payload(context, await context.run(withdrawFact, wanted, input.idempotencyKey))
    },
  },
}
