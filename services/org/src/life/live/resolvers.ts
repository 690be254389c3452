import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { readOwnNotice } from '../notices/read-notices.ts'
import { decideMakeUp, sayMeetingMadeUp } from './make-up.ts'
import { makeUpsOf, ownMakeUpOf, remarkCountOf, remarksOf, streamOf } from './read-live.ts'
import { answerMeetingRemark, sayUnderMeeting } from './say-remark.ts'
import { setMeetingStream } from './set-stream.ts'

const payload = async (context: Context, id: string) => ({ meeting: await context.load(meetingById, id) })
const noticePayload = async (context: Context, id: string) => ({
  notice: await context.perform(work => readOwnNotice(work, id)),
})

const remarks = (id: string, args: Parameters<typeof connection>[1], context: Context) =>
  connection(context, args, {
    of: ['Meeting.remarks', id],
    read: stretch => context.load(remarksOf, id, stretch),
    count: () => context.load(remarkCountOf, id),
    place: row => [row.id],
  })

export const liveResolvers: Resolvers = {
  Meeting: {
    stream: ({ id }, _, context) => context.load(streamOf, id),
    remarks: ({ id }, args, context) => remarks(id, args, context),
    makeUps: ({ id }, _, context) => context.load(makeUpsOf, id),
  },
  MeetingNotice: {
    stream: ({ meetingId }, _, context) => context.load(streamOf, meetingId),
    remarks: ({ meetingId }, args, context) => remarks(meetingId, args, context),
    makeUp: ({ meetingId, memberId }, _, context) =>
      context.actor.memberId === memberId ? context.load(ownMakeUpOf, meetingId) : null,
  },
  MeetingRemark: {
    id: remark => toId('MeetingRemark', remark.id),
    memberId: remark => toId('Member', remark.memberId),
    member: remark => ref('Member', remark.memberId),
  },
  MeetingMakeUp: {
    memberId: makeUp => toId('Member', makeUp.memberId),
    member: makeUp => ref('Member', makeUp.memberId),
  },
  Mutation: {
    setMeetingStream: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const wanted = { meetingId, liveUrl: input.liveUrl ?? null, replayUrl: input.replayUrl ?? null }
      return payload(context, await context.run(setMeetingStream, wanted, input.idempotencyKey))
    },
    sayUnderMeeting: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const wanted = { meetingId, kind: input.kind, text: input.text }
      return noticePayload(context, await context.run(sayUnderMeeting, wanted, input.idempotencyKey))
    },
    answerMeetingRemark: async (_, { input }, context) => {
      const wanted = { id: fromId('MeetingRemark', input.remarkId, 'remarkId'), answer: input.answer }
      return payload(context, await context.run(answerMeetingRemark, wanted, input.idempotencyKey))
    },
    sayMeetingMadeUp: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const wanted = { meetingId, reason: input.reason, note: input.note }
      return noticePayload(context, await context.run(sayMeetingMadeUp, wanted, input.idempotencyKey))
    },
    decideMakeUp: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const memberId = fromId('Member', input.memberId, 'memberId')
      const wanted = { meetingId, memberId, confirmed: input.confirmed, reason: input.reason ?? null }
      return payload(context, await context.run(decideMakeUp, wanted, input.idempotencyKey))
    },
  },
}
