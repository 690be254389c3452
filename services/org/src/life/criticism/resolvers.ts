import { connection, fromId, optionalId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { readOwnNotice } from '../notices/read-notices.ts'
import { isOverdue } from './criticism.ts'
import { addCriticismMeasure, finishCriticismMeasure } from './measures.ts'
import {
  measuresOf,
  measuresOpenAt,
  opinionCountOf,
  opinionsOf,
  ownMeasuresOf,
  ownOpinionsOf,
} from './read-criticism.ts'
import { writeCriticismOpinion } from './write-opinion.ts'

export const criticismResolvers: Resolvers = {
  Organisation: { measuresToFinish: ({ id }, _, context) => context.load(measuresOpenAt, id) },
  Meeting: {
    opinions: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Meeting.opinions', id],
        read: stretch => context.load(opinionsOf, id, stretch),
        count: () => context.load(opinionCountOf, id),
        place: row => [row.id],
      }),
    measures: ({ id }, _, context) => context.load(measuresOf, id),
  },
  MeetingNotice: {
    opinions: ({ meetingId, memberId }, _, context) =>
      context.actor.memberId === memberId ? context.load(ownOpinionsOf, meetingId) : [],
    measures: ({ meetingId, memberId }, _, context) =>
      context.actor.memberId === memberId ? context.load(ownMeasuresOf, meetingId) : [],
  },
  CriticismOpinion: {
    aboutMemberId: opinion => toId('Member', opinion.aboutMemberId),
    // Whoever it is about learns what was said, and not by whom.
    byMemberId: ({ byMemberId, orgId }, _, { actor }) =>
      byMemberId === actor.memberId || actor.grants.some(grant => grant.role === 'SECRETARY' && grant.orgId === orgId)
        ? toId('Member', byMemberId)
        : null,
  },
  CriticismMeasure: {
    id: measure => toId('CriticismMeasure', measure.id),
    member: ({ memberId }) => ref('Member', memberId),
    meeting: ({ meetingId }, _, context) => context.load(meetingById, meetingId),
    overdue: (measure, _, { today }) => isOverdue(measure, today),
  },
  Mutation: {
    writeCriticismOpinion: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const aboutMemberId = fromId('Member', input.aboutMemberId, 'aboutMemberId')
      await context.run(writeCriticismOpinion, { meetingId, aboutMemberId, text: input.text }, input.idempotencyKey)
      return { notice: await context.perform(work => readOwnNotice(work, meetingId)) }
    },
    addCriticismMeasure: async (_, { input }, context) => {
      const { problem, measure, dueOn } = input
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const memberId = optionalId('Member', input.memberId, 'memberId')
      const id = await context.run(
        addCriticismMeasure,
        { meetingId, memberId, problem, measure, dueOn },
        input.idempotencyKey,
      )
      return { meeting: await context.load(meetingById, id) }
    },
    finishCriticismMeasure: async (_, { input }, context) => {
      const id = fromId('CriticismMeasure', input.measureId, 'measureId')
      const meetingId = await context.run(finishCriticismMeasure, { id, outcome: input.outcome }, input.idempotencyKey)
      return { meeting: await context.load(meetingById, meetingId) }
    },
  },
}
