import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { MeetingPlanInput, RecordHeldMeetingInput, Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context } from '../../work.ts'
import { readContent, readItems } from '../meetings/read-content.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { announceMeeting } from './announce-meeting.ts'
import { answerMeetingNotice, decideLeave } from './answer-notice.ts'
import { cancelMeeting } from './cancel-meeting.ts'
import type { Held, Planned } from './notice.ts'
import { changePlannedMeeting, planMeeting } from './plan-meeting.ts'
import { countOwnNotices, noticeCountOf, noticesOf, readOwnNotice, readOwnNotices } from './read-notices.ts'
import { recordHeldMeeting } from './record-held-meeting.ts'

const payload = async (context: Context, id: string) => ({ meeting: await context.load(meetingById, id) })

const readPlan = ({ startsAt, place, items, participantIds }: MeetingPlanInput): Planned => ({
  ...{ startsAt: new Date(startsAt), place: place ?? null, items: readItems(items) },
  participantIds: (participantIds ?? []).map(id => fromId('Member', id, 'participantIds')),
})

/** What was said and what was left out: that is taken over from the plan. */
function readHeld({ content }: RecordHeldMeetingInput): Held {
  const read = readContent(content)
  const said = Object.entries(read).map(([field, value]) => [
    field,
    content[field as keyof typeof content] == null ? null : value,
  ])
  return { ...(Object.fromEntries(said) as Held), heldOn: read.heldOn }
}

export const noticeResolvers: Resolvers = {
  Query: {
    myMeetings: (_, args, context) =>
      connection(context, args, {
        of: ['Query.myMeetings'],
        read: stretch => context.perform(work => readOwnNotices(work, stretch)),
        count: () => context.perform(work => countOwnNotices(work)),
        place: row => [row.startsAt.toISOString(), row.meetingId],
      }),
  },
  Meeting: {
    notices: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Meeting.notices', id],
        read: stretch => context.load(noticesOf, id, stretch),
        count: () => context.load(noticeCountOf, id),
        place: row => [row.memberId],
      }),
  },
  MeetingNotice: {
    meetingId: notice => toId('Meeting', notice.meetingId),
    organisation: (notice, _, context) => context.load(organisationById, notice.orgId),
    memberId: notice => toId('Member', notice.memberId),
    member: notice => ref('Member', notice.memberId),
    leaveGranted: notice => notice.granted,
  },
  Mutation: {
    planMeeting: async (_, { input }, context) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const wanted = { orgId, kind: input.kind, plan: readPlan(input.plan) }
      return payload(context, await context.run(planMeeting, wanted, input.idempotencyKey))
    },
    changePlannedMeeting: async (_, { input }, context) => {
      const id = fromId('Meeting', input.id)
      const wanted = { id, plan: readPlan(input.plan), revision: input.expectedRevision ?? null }
      return payload(context, await context.run(changePlannedMeeting, wanted, input.idempotencyKey))
    },
    announceMeeting: async (_, { input }, context) => {
      const wanted = { id: fromId('Meeting', input.id), revision: input.expectedRevision ?? null }
      return payload(context, await context.run(announceMeeting, wanted, input.idempotencyKey))
    },
    cancelMeeting: async (_, { input }, context) => {
      const id = fromId('Meeting', input.id)
      const wanted = { id, reason: input.reason, revision: input.expectedRevision ?? null }
      return payload(context, await context.run(cancelMeeting, wanted, input.idempotencyKey))
    },
    recordHeldMeeting: async (_, { input }, context) => {
      const id = fromId('Meeting', input.id)
      const wanted = { id, held: readHeld(input), revision: input.expectedRevision ?? null }
      return payload(context, await context.run(recordHeldMeeting, wanted, input.idempotencyKey))
    },
    decideLeave: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const memberId = fromId('Member', input.memberId, 'memberId')
      const wanted = { meetingId, memberId, granted: input.granted, reason: input.reason ?? null }
      return payload(context, await context.run(decideLeave, wanted, input.idempotencyKey))
    },
    answerMeetingNotice: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const wanted = { meetingId, answer: input.answer, reason: input.reason ?? null }
      await context.run(answerMeetingNotice, wanted, input.idempotencyKey)
      return { notice: await context.perform(work => readOwnNotice(work, meetingId)) }
    },
  },
}
