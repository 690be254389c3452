import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context } from '../../work.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { changeLifePlanEntry } from './change-entry.ts'
import { addLifePlanEntry, removeLifePlanEntry } from './change-own-entries.ts'
import { fileLifePlan } from './file-plan.ts'
import { makeLifePlan } from './make-plan.ts'
import { entriesOf, planById, planCountAt, plansAt } from './read-plans.ts'

const payload = async (context: Context, id: string) => ({ plan: await context.load(planById, id) })
const planOf = (id: string) => fromId('LifePlan', id, 'planId')
const entryOf = (id: string) => fromId('LifePlanEntry', id, 'entryId')

export const planResolvers: Resolvers = {
  Query: { lifePlan: (_, { id }, context) => context.load(planById, fromId('LifePlan', id)) },
  Organisation: {
    lifePlans: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Organisation.lifePlans', id],
        read: stretch => context.load(plansAt, id, stretch),
        count: () => context.load(planCountAt, id),
        place: row => [row.fromDay, row.id],
      }),
  },
  LifePlan: {
    id: plan => toId('LifePlan', plan.id),
    organisation: (plan, _, context) => context.load(organisationById, plan.orgId),
    from: plan => plan.fromDay,
    until: plan => plan.untilDay,
    approval: ({ approvalId }) => ref('Approval', approvalId),
    entries: (plan, _, context) => context.load(entriesOf, plan.id),
  },
  LifePlanEntry: {
    id: entry => toId('LifePlanEntry', entry.id),
    on: entry => entry.onDay,
    from: entry => entry.windowFrom,
    until: entry => entry.windowUntil,
    state: ({ progress }) => progress.state,
    meeting: ({ progress: { meetingId } }, _, context) =>
      meetingId === null ? null : context.load(meetingById, meetingId),
  },
  LifePlanTopic: { member: topic => ref('Member', topic.memberId) },
  Mutation: {
    makeLifePlan: async (_, { input }, context) => {
      const wanted = {
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        ...{ every: input.period, day: input.day, themeDay: input.themeDay ?? null },
      }
      return payload(context, await context.run(makeLifePlan, wanted, input.idempotencyKey))
    },
    changeLifePlanEntry: async (_, { input }, context) => {
      const wanted = {
        ...{ planId: planOf(input.planId), entryId: entryOf(input.entryId), revision: input.expectedRevision ?? null },
        ...{ onDay: input.on ?? null, discussions: input.discussions ?? [], ownTopics: input.ownTopics ?? null },
      }
      return payload(context, await context.run(changeLifePlanEntry, wanted, input.idempotencyKey))
    },
    addLifePlanEntry: async (_, { input }, context) => {
      const wanted = {
        ...{ planId: planOf(input.planId), revision: input.expectedRevision ?? null },
        ...{ kind: input.kind, onDay: input.on, ownTopics: input.ownTopics ?? [] },
      }
      return payload(context, await context.run(addLifePlanEntry, wanted, input.idempotencyKey))
    },
    removeLifePlanEntry: async (_, { input }, context) => {
      const wanted = {
        ...{ planId: planOf(input.planId), entryId: entryOf(input.entryId), revision: input.expectedRevision ?? null },
      }
      return payload(context, await context.run(removeLifePlanEntry, wanted, input.idempotencyKey))
    },
    fileLifePlan: async (_, { input }, context) => {
      const wanted = { id: planOf(input.planId), revision: input.expectedRevision ?? null }
      return payload(context, await context.run(fileLifePlan, wanted, input.idempotencyKey))
    },
  },
}
