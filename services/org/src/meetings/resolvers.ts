import { fromId, openPage, type PageArgs, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import type { Organisation } from '../organisations/organisation.ts'
import {
  isDue,
  keyOf,
  type Meeting,
  type MeetingFilter,
  type MeetingKind,
  type MeetingVersion,
  type Opinion,
  type Person,
  type Resolution,
} from './meeting.ts'
import { type ContentArgs, readContent } from './read-content.ts'

type MeetingsArgs = PageArgs & { kind?: MeetingKind | null; from?: string | null; to?: string | null }
type Written = { idempotencyKey?: string | null; expectedRevision?: number | null }

const payload = async (context: Context, id: string) => ({ meeting: await context.load.meeting(id) })
const member = (id: string | null) => (id === null ? null : { id: toId('Member', id) })

export const meetingResolvers = {
  Query: {
    meeting: (_: unknown, args: { id: string }, context: Context) => context.load.meeting(fromId('Meeting', args.id)),
  },
  Organisation: {
    meetings: async (organisation: Organisation, args: MeetingsArgs, context: Context) => {
      const filter: MeetingFilter = { kind: args.kind ?? null, from: args.from ?? null, to: args.to ?? null }
      const { stretch, page } = openPage(context.cursors, ['Organisation.meetings', organisation.id, filter], args)
      return page(
        await context.load.meetingsAt(organisation.id, filter, stretch),
        row => [row.heldOn, row.id],
        () => context.load.meetingCount(organisation.id, filter),
      )
    },
  },
  Meeting: {
    __resolveReference: (reference: { id: string }, context: Context) =>
      context.load.meeting(fromId('Meeting', reference.id)),
    id: (meeting: Meeting) => toId('Meeting', meeting.id),
    organisation: (meeting: Meeting, _: unknown, context: Context) => context.load.organisation(meeting.orgId),
    current: (meeting: Meeting, _: unknown, context: Context) => context.load.currentMeetingVersion(meeting.id),
    versions: (meeting: Meeting, _: unknown, context: Context) => context.load.meetingVersions(meeting.id),
  },
  MeetingVersion: {
    people: async (version: MeetingVersion, args: PageArgs, context: Context) => {
      const key = keyOf(version)
      const { stretch, page } = openPage(context.cursors, ['MeetingVersion.people', key], args)
      return page(
        await context.load.meetingPeople(key, stretch),
        row => [row.memberId],
        () => context.load.meetingPeopleCount(key),
      )
    },
    resolutions: (version: MeetingVersion, _: unknown, context: Context) =>
      context.load.meetingResolutions(keyOf(version)),
  },
  MeetingPerson: {
    memberId: (person: Person) => toId('Member', person.memberId),
    member: (person: Person) => member(person.memberId),
    due: isDue,
    exception: (person: Person) => person.exception?.reason ?? null,
    exceptionSince: (person: Person) => person.exception?.since ?? null,
    exceptionNote: (person: Person) => person.exception?.note ?? null,
    consent: (person: Person) => person.exception?.consent ?? null,
  },
  MeetingResolution: {
    id: (resolution: Resolution) => toId('MeetingResolution', resolution.id),
    member: (resolution: Resolution) => member(resolution.memberId),
    ballots: ({ ballots, writtenInFavour, writtenAgainst }: Resolution) =>
      ballots && { ...ballots, writtenInFavour, writtenAgainst },
  },
  WrittenOpinion: {
    memberId: (opinion: Opinion) => toId('Member', opinion.memberId),
    member: (opinion: Opinion) => member(opinion.memberId),
  },
  Mutation: {
    recordMeeting: async (
      _: unknown,
      { input }: { input: Written & { organisationId: string; kind: MeetingKind; content: ContentArgs } },
      context: Context,
    ) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const content = readContent(input.content)
      const { recordMeeting } = context.rooms
      return payload(
        context,
        await recordMeeting(context.actor, orgId, input.kind, content, input.idempotencyKey ?? null),
      )
    },
    changeMeeting: async (
      _: unknown,
      { input }: { input: Written & { id: string; content: ContentArgs } },
      context: Context,
    ) => {
      const { actor, rooms } = context
      const id = fromId('Meeting', input.id)
      const content = readContent(input.content)
      const { expectedRevision = null, idempotencyKey = null } = input
      return payload(context, await rooms.changeMeeting(actor, id, content, expectedRevision, idempotencyKey))
    },
    closeMeeting: async (_: unknown, { input }: { input: Written & { id: string } }, context: Context) => {
      const { expectedRevision = null, idempotencyKey = null } = input
      const id = fromId('Meeting', input.id)
      return payload(context, await context.rooms.closeMeeting(context.actor, id, expectedRevision, idempotencyKey))
    },
    correctMeeting: async (
      _: unknown,
      { input }: { input: Written & { id: string; content: ContentArgs; reason: string } },
      context: Context,
    ) => {
      const { actor, rooms } = context
      const id = fromId('Meeting', input.id)
      const content = readContent(input.content)
      const { reason, expectedRevision = null, idempotencyKey = null } = input
      return payload(context, await rooms.correctMeeting(actor, id, content, reason, expectedRevision, idempotencyKey))
    },
    deleteMeeting: async (
      _: unknown,
      { input }: { input: Written & { id: string; reason: string } },
      { actor, rooms }: Context,
    ) => {
      const { reason, expectedRevision: revision = null, idempotencyKey = null } = input
      const id = fromId('Meeting', input.id)
      return { id: toId('Meeting', await rooms.deleteMeeting(actor, { id, reason, revision }, idempotencyKey)) }
    },
  },
}
