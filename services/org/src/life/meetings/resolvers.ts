import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context } from '../../work.ts'
import { changeMeeting } from './change-meeting.ts'
import { closeMeeting } from './close-meeting.ts'
import { correctMeeting } from './correct-meeting.ts'
import { deleteMeeting } from './delete-meeting.ts'
import { isDue, keyOf, type MeetingFilter } from './meeting.ts'
import { readContent } from './read-content.ts'
import {
  currentVersionOf,
  itemsOf,
  meetingById,
  meetingCountAt,
  meetingsAt,
  ownAttendanceOf,
  peopleCountOf,
  peopleOf,
  resolutionsOf,
  versionsOf,
} from './read-meetings.ts'
import { recordMeeting } from './record-meeting.ts'

const payload = async (context: Context, id: string) => ({ meeting: await context.load(meetingById, id) })

export const meetingResolvers: Resolvers = {
  Query: {
    meeting: (_, args, context) => context.load(meetingById, fromId('Meeting', args.id)),
  },
  Organisation: {
    meetings: ({ id }, args, context) => {
      const filter: MeetingFilter = { kind: args.kind ?? null, from: args.from ?? null, to: args.to ?? null }
      return connection(context, args, {
        of: ['Organisation.meetings', id, filter],
        read: stretch => context.load(meetingsAt, id, filter, stretch),
        count: () => context.load(meetingCountAt, id, filter),
        place: row => [row.heldOn, row.id],
      })
    },
  },
  Meeting: {
    id: meeting => toId('Meeting', meeting.id),
    organisation: (meeting, _, context) => context.load(organisationById, meeting.orgId),
    current: ({ id }, _, context) => context.load(currentVersionOf, id),
    versions: (meeting, _, context) => context.load(versionsOf, meeting.id),
    ownAttendance: (meeting, _, context) => context.load(ownAttendanceOf, meeting.id),
  },
  MeetingVersion: {
    people: (version, args, context) => {
      const key = keyOf(version)
      return connection(context, args, {
        of: ['MeetingVersion.people', key],
        read: stretch => context.load(peopleOf, key, stretch),
        count: () => context.load(peopleCountOf, key),
        place: row => [row.memberId],
      })
    },
    items: (version, _, context) => context.load(itemsOf, keyOf(version)),
    resolutions: (version, _, context) => context.load(resolutionsOf, keyOf(version)),
  },
  MeetingPerson: {
    memberId: person => toId('Member', person.memberId),
    member: person => ref('Member', person.memberId),
    due: isDue,
    late: person => person.late ?? false,
    leftEarly: person => person.leftEarly ?? false,
    exception: person => person.exception?.reason ?? null,
    exceptionSince: person => person.exception?.since ?? null,
    exceptionNote: person => person.exception?.note ?? null,
    consent: person => person.exception?.consent ?? null,
  },
  MeetingResolution: {
    id: resolution => toId('MeetingResolution', resolution.id),
    member: resolution => ref('Member', resolution.memberId),
    spending: ({ spending }) => ref('DuesSpending', spending?.id ?? null),
    amountFen: ({ spending }) => spending?.amountFen ?? null,
    ballots: ({ ballots, writtenInFavour, writtenAgainst }) =>
      ballots && { ...ballots, writtenInFavour, writtenAgainst },
  },
  WrittenOpinion: {
    memberId: opinion => toId('Member', opinion.memberId),
    member: opinion => ref('Member', opinion.memberId),
  },
  Mutation: {
    recordMeeting: async (_, { input }, context) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const wanted = { orgId, kind: input.kind, input: readContent(input.content) }
      return payload(context, await context.run(recordMeeting, wanted, input.idempotencyKey))
    },
    changeMeeting: async (_, { input }, context) => {
      const id = fromId('Meeting', input.id)
      const wanted = { id, input: readContent(input.content), revision: input.expectedRevision ?? null }
      return payload(context, await context.run(changeMeeting, wanted, input.idempotencyKey))
    },
    closeMeeting: async (_, { input }, context) => {
      const wanted = { id: fromId('Meeting', input.id), revision: input.expectedRevision ?? null }
      return payload(context, await context.run(closeMeeting, wanted, input.idempotencyKey))
    },
    correctMeeting: async (_, { input }, context) => {
      const id = fromId('Meeting', input.id)
      const content = readContent(input.content)
      const wanted = { id, input: content, reason: input.reason, revision: input.expectedRevision ?? null }
      return payload(context, await context.run(correctMeeting, wanted, input.idempotencyKey))
    },
    deleteMeeting: async (_, { input }, context) => {
      const id = fromId('Meeting', input.id)
      const wanted = { id, reason: input.reason, revision: input.expectedRevision ?? null }
      return { id: toId('Meeting', await context.run(deleteMeeting, wanted, input.idempotencyKey)) }
    },
  },
}
