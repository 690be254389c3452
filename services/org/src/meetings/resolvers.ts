import { fromId, openPage, type PageArgs, type ResolverMap, toId } from '@linghang/subgraph'
import type { Organisation } from '../organisations/organisation.ts'
import { organisationById } from '../organisations/read-organisations.ts'
import type { Context } from '../work.ts'
import { changeMeeting } from './change-meeting.ts'
import { closeMeeting } from './close-meeting.ts'
import { correctMeeting } from './correct-meeting.ts'
import { deleteMeeting } from './delete-meeting.ts'
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
import {
  currentVersionOf,
  meetingById,
  meetingCountAt,
  meetingsAt,
  peopleCountOf,
  peopleOf,
  resolutionsOf,
  versionsOf,
} from './read-meetings.ts'
import { recordMeeting } from './record-meeting.ts'

type MeetingsArgs = PageArgs & { kind?: MeetingKind | null; from?: string | null; to?: string | null }
type Written<T> = { input: T & { idempotencyKey?: string | null; expectedRevision?: number | null } }

const payload = async (context: Context, id: string) => ({ meeting: await context.load(meetingById, id) })
const member = (id: string | null) => (id === null ? null : { id: toId('Member', id) })

export const meetingResolvers: ResolverMap = {
  Query: {
    meeting: (_: unknown, args: { id: string }, context: Context) =>
      context.load(meetingById, fromId('Meeting', args.id)),
  },
  Organisation: {
    meetings: async (organisation: Organisation, args: MeetingsArgs, context: Context) => {
      const filter: MeetingFilter = { kind: args.kind ?? null, from: args.from ?? null, to: args.to ?? null }
      const { stretch, page } = openPage(context.cursors, ['Organisation.meetings', organisation.id, filter], args)
      return page(
        await context.load(meetingsAt, organisation.id, filter, stretch),
        row => [row.heldOn, row.id],
        () => context.load(meetingCountAt, organisation.id, filter),
      )
    },
  },
  Meeting: {
    id: (meeting: Meeting) => toId('Meeting', meeting.id),
    organisation: (meeting: Meeting, _: unknown, context: Context) => context.load(organisationById, meeting.orgId),
    current: (meeting: Meeting, _: unknown, context: Context) => context.load(currentVersionOf, meeting.id),
    versions: (meeting: Meeting, _: unknown, context: Context) => context.load(versionsOf, meeting.id),
  },
  MeetingVersion: {
    people: async (version: MeetingVersion, args: PageArgs, context: Context) => {
      const key = keyOf(version)
      const { stretch, page } = openPage(context.cursors, ['MeetingVersion.people', key], args)
      return page(
        await context.load(peopleOf, key, stretch),
        row => [row.memberId],
        () => context.load(peopleCountOf, key),
      )
    },
    resolutions: (version: MeetingVersion, _: unknown, context: Context) => context.load(resolutionsOf, keyOf(version)),
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
      { input }: Written<{ organisationId: string; kind: MeetingKind; content: ContentArgs }>,
      context: Context,
    ) => {
      const orgId = fromId('Organisation', input.organisationId, 'organisationId')
      const wanted = { orgId, kind: input.kind, input: readContent(input.content) }
      return payload(context, await context.run(recordMeeting, wanted, input.idempotencyKey))
    },
    changeMeeting: async (_: unknown, { input }: Written<{ id: string; content: ContentArgs }>, context: Context) => {
      const id = fromId('Meeting', input.id)
      const wanted = { id, input: readContent(input.content), revision: input.expectedRevision ?? null }
      return payload(context, await context.run(changeMeeting, wanted, input.idempotencyKey))
    },
    closeMeeting: async (_: unknown, { input }: Written<{ id: string }>, context: Context) => {
      const wanted = { id: fromId('Meeting', input.id), revision: input.expectedRevision ?? null }
      return payload(context, await context.run(closeMeeting, wanted, input.idempotencyKey))
    },
    correctMeeting: async (
      _: unknown,
      { input }: Written<{ id: string; content: ContentArgs; reason: string }>,
      context: Context,
    ) => {
      const id = fromId('Meeting', input.id)
      const content = readContent(input.content)
      const wanted = { id, input: content, reason: input.reason, revision: input.expectedRevision ?? null }
      return payload(context, await context.run(correctMeeting, wanted, input.idempotencyKey))
    },
    deleteMeeting: async (_: unknown, { input }: Written<{ id: string; reason: string }>, context: Context) => {
      const id = fromId('Meeting', input.id)
      const wanted = { id, reason: input.reason, revision: input.expectedRevision ?? null }
      return { id: toId('Meeting', await context.run(deleteMeeting, wanted, input.idempotencyKey)) }
    },
  },
}
