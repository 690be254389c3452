import { fromId, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context } from '../../work.ts'
import { readContent } from '../meetings/read-content.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { closeJointActivity, planJointActivity } from './host-activity.ts'
import { jointAt, jointById, jointPartiesOf } from './read-joint.ts'
import { answerJointInvitation, giveJointList } from './take-part.ts'

const payload = async (context: Context, id: string) => ({ activity: await context.load(jointById, id) })
const activityOf = (id: string) => fromId('JointActivity', id, 'activityId')
const organisationOf = (id: string) => fromId('Organisation', id, 'organisationId')

export const jointResolvers: Resolvers = {
  Organisation: { jointActivities: ({ id }, _, context) => context.load(jointAt, id) },
  JointActivity: {
    id: activity => toId('JointActivity', activity.id),
    parties: ({ id }, _, context) => context.load(jointPartiesOf, id),
  },
  JointParty: {
    organisation: ({ participantId }, _, context) => context.load(organisationById, participantId),
    meeting: ({ meetingId }, _, context) => (meetingId === null ? null : context.load(meetingById, meetingId)),
  },
  Mutation: {
    planJointActivity: async (_, { input }, context) => {
      const { idempotencyKey, organisationId, place, items, ...rest } = input
      const wanted = { ...rest, orgId: organisationOf(organisationId), place: place ?? null, items: items ?? [] }
      return payload(context, await context.run(planJointActivity, wanted, idempotencyKey))
    },
    answerJointInvitation: async (_, { input }, context) => {
      const { activityId, organisationId, accepts, reason } = input
      const wanted = {
        ...{ id: activityOf(activityId), orgId: organisationOf(organisationId), accepts },
        reason: reason ?? null,
      }
      return payload(context, await context.run(answerJointInvitation, wanted, input.idempotencyKey))
    },
    giveJointList: async (_, { input }, context) => {
      const { idempotencyKey, activityId, organisationId, ...lists } = input
      // The day is the activity's: what is read here is of people alone.
      const { heldOn, place, agenda, minutes, items, resolutions, ...people } = readContent({ ...lists, heldOn: '' })
      const wanted = { id: activityOf(activityId), orgId: organisationOf(organisationId), people }
      return payload(context, await context.run(giveJointList, wanted, idempotencyKey))
    },
    closeJointActivity: async (_, { input }, context) =>
      payload(
        context,
        await context.run(closeJointActivity, { id: activityOf(input.activityId) }, input.idempotencyKey),
      ),
  },
}
