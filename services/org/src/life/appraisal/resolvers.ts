import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { readOwnNotice } from '../notices/read-notices.ts'
import { recordAppraisal, writeSelfReview } from './appraise.ts'
import { appraisalCountOf, appraisalsOf, gradesOf, ownAppraisalOf } from './read-appraisals.ts'

export const appraisalResolvers: Resolvers = {
  Meeting: {
    appraisals: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Meeting.appraisals', id],
        read: stretch => context.load(appraisalsOf, id, stretch),
        count: () => context.load(appraisalCountOf, id),
        place: row => [row.memberId],
      }),
    appraisalGrades: ({ id }, _, context) => context.load(gradesOf, id),
  },
  MeetingNotice: {
    appraisal: ({ meetingId, memberId }, _, context) =>
      context.actor.memberId === memberId ? context.load(ownAppraisalOf, meetingId) : null,
  },
  MemberAppraisal: {
    memberId: ({ memberId }) => toId('Member', memberId),
    member: ({ memberId }) => ref('Member', memberId),
  },
  Mutation: {
    writeSelfReview: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      await context.run(writeSelfReview, { meetingId, text: input.text }, input.idempotencyKey)
      return { notice: await context.perform(work => readOwnNotice(work, meetingId)) }
    },
    recordAppraisal: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const memberId = fromId('Member', input.memberId, 'memberId')
      const { mutual, test, grade, leftOutReason } = input
      const said = {
        ...{ mutual: mutual ?? null, test: test ? { ...test } : null },
        ...{ grade: grade ?? null, leftOutReason: leftOutReason ?? null },
      }
      const id = await context.run(recordAppraisal, { meetingId, memberId, said }, input.idempotencyKey)
      return { meeting: await context.load(meetingById, id) }
    },
  },
}
