import { type Actor, once, recordAudit, shanghaiDay } from '@linghang/access'
import { publish, type MeetingState as ToldMeeting } from '@linghang/events'
import { requireReason } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { composeMeeting, hashOf, requireBounds } from './compose-meeting.ts'
import {
  holds,
  inputOf,
  isAssembly,
  isCommittee,
  limits,
  type Meeting,
  type MeetingContent,
  type MeetingInput,
  type MeetingKind,
  peopleIn,
  type Registered,
  type Resolution,
} from './meeting.ts'
import { meetingStore } from './store.ts'

async function requireKept(deps: Deps, tx: Tx, actor: Actor, orgId: string, what: string): Promise<void> {
  if ((await deps.supervision.kept(tx, actor, [orgId])).has(orgId)) return
  if ((await deps.supervision.seen(tx, actor, [orgId])).has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN, SECRETARY' })
  fail('NOT_FOUND', { what })
}

/** A meeting that the actor keeps, held until the transaction ends. @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function lockKept(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
  revision: number | null,
): Promise<Meeting> {
  const meeting = await meetingStore.lock(tx, actor.countyId, id)
  if (!meeting) return fail('NOT_FOUND', { what: `Meeting:${id}` })
  await requireKept(deps, tx, actor, meeting.orgId, `Meeting:${id}`)
  if (revision !== null && revision !== meeting.revision) fail('CONFLICT', { what: `Meeting:${id}` })
  return meeting
}

/** The register of that day: a whole branch for an assembly, else those whom the meeting names. */
async function registerOf(
  tx: Tx,
  { orgId, kind }: Pick<Meeting, 'orgId' | 'kind'>,
  input: MeetingInput,
): Promise<Registered[]> {
  const people = isAssembly(kind) ? null : peopleIn(input)
  const { known, unknown } = await meetingStore.register(tx, orgId, input.heldOn, people)
  if (unknown > 0) fail('REGISTER_NOT_HEARD', { found: unknown })
  const missing = isCommittee(kind) ? input.participantIds.filter(id => !known.some(one => one.memberId === id)) : []
  if (missing.length === 0) return known
  return [...known, ...(await meetingStore.officersFromOutside(tx, orgId, input.heldOn, missing))]
}

type Writing = {
  meeting: Meeting
  input: MeetingInput
  before: MeetingContent | null
  action: 'recorded' | 'changed' | 'closed' | 'corrected'
  reason: string | null
}

/** Judges what was written down, writes the version with its audit row and, when it is closed, tells of it. */
async function write(deps: Deps, tx: Tx, actor: Actor, writing: Writing): Promise<string> {
  const { meeting, input, before, action, reason } = writing
  const today = shanghaiDay(deps.now())
  if (input.heldOn > today) fail('MEETING_IN_FUTURE', { found: input.heldOn, wanted: today })
  requireBounds(input)
  const register = await registerOf(tx, meeting, input)
  const earlier: readonly Resolution[] = before?.resolutions ?? []
  const complete = meeting.state === 'CLOSED'
  const organisationKind = (await meetingStore.organisationKind(tx, actor.countyId, meeting.orgId)) ?? ''
  const { kind } = meeting
  const content = composeMeeting({ organisationKind, kind, input, register, before: earlier }, complete, deps.newId)
  const after = { ...meeting, heldOn: content.heldOn, revision: meeting.revision + 1 }
  const { id, orgId, version } = after
  const { countyId, accountId } = actor
  if (action === 'recorded') await meetingStore.insert(tx, { ...after, countyId })
  const contentHash = new Uint8Array(hashOf(content))
  const closedAt = complete ? deps.now() : null
  const written = { meetingId: id, version, countyId, orgId, reason, contentHash, writtenBy: accountId, closedAt }
  await meetingStore.writeVersion(tx, written, content)
  if (action !== 'recorded') await meetingStore.update(tx, after)
  await recordAudit({ tx, actor }, [
    {
      orgId,
      action: `meeting.${action}`,
      subjectType: 'Meeting',
      subjectId: id,
      beforeHash: before && hashOf(before),
      afterHash: contentHash,
    },
  ])
  if (complete)
    await publish({ tx, actor }, [{ type: 'org.meeting.closed.v1', orgId, subject: id, data: stateOf(after, content) }])
  return id
}

/** The event's data: counts and outcomes, no names and no minutes. */
const stateOf = ({ id, orgId, kind, version }: Meeting, content: MeetingContent): ToldMeeting => ({
  id,
  orgId,
  kind,
  heldOn: content.heldOn,
  due: content.due,
  present: content.present,
  resolutions: content.resolutions.map(resolution => ({
    id: resolution.id,
    matter: resolution.matter,
    memberId: resolution.memberId,
    ballots: resolution.ballots && {
      ...resolution.ballots,
      writtenInFavour: resolution.writtenInFavour,
      writtenAgainst: resolution.writtenAgainst,
    },
    carried: resolution.carried,
  })),
  version,
})

/** What a meeting's newest version says. */
export const contentOf = async (tx: Tx, { id, version }: Meeting): Promise<MeetingContent> =>
  (await meetingStore.content(tx, { meetingId: id, version }, limits.people)) ??
  fail('NOT_FOUND', { what: `Meeting:${id}` })

/**
 * Records a meeting that has been held, as a draft: who was due follows from the register of that day.
 * @throws DomainError NOT_FOUND, FORBIDDEN, MEETING_IN_FUTURE, MEETING_KIND_NOT_FOR_ORGANISATION, REGISTER_NOT_HEARD and
 *   what `composeMeeting` refuses
 */
export function recordMeeting(deps: Deps) {
  return (
    actor: Actor,
    orgId: string,
    kind: MeetingKind,
    input: MeetingInput,
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once(
        { tx, actor },
        { operation: 'recordMeeting', key: idempotencyKey, input: { orgId, kind, input } },
        async () => {
          await requireKept(deps, tx, actor, orgId, `Organisation:${orgId}`)
          const organisationKind = await meetingStore.organisationKind(tx, actor.countyId, orgId)
          if (!organisationKind) return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
          if (!holds(organisationKind, kind)) fail('MEETING_KIND_NOT_FOR_ORGANISATION', { kind, organisationKind })
          const meeting: Meeting = {
            id: deps.newId(),
            orgId,
            kind,
            state: 'DRAFT',
            heldOn: input.heldOn,
            version: 1,
            revision: 0,
            recordedBy: actor.accountId,
            recordedAt: deps.now(),
          }
          return write(deps, tx, actor, { meeting, input, before: null, action: 'recorded', reason: null })
        },
      ),
    )
}

/** Puts other words and numbers into a draft. @throws DomainError MEETING_IS_CLOSED, CONFLICT and as `recordMeeting` */
export function changeMeeting(deps: Deps) {
  return (
    actor: Actor,
    id: string,
    input: MeetingInput,
    revision: number | null,
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once(
        { tx, actor },
        { operation: 'changeMeeting', key: idempotencyKey, input: { id, input, revision } },
        async () => {
          const meeting = await lockKept(deps, tx, actor, id, revision)
          if (meeting.state === 'CLOSED') fail('MEETING_IS_CLOSED', { version: meeting.version })
          const before = await contentOf(tx, meeting)
          return write(deps, tx, actor, { meeting, input, before, action: 'changed', reason: null })
        },
      ),
    )
}

/**
 * Makes a meeting immutable and tells of its votes; judged again, with the register as it is now.
 * @throws DomainError MEETING_IS_CLOSED, ATTENDANCE_INCOMPLETE, VOTERS_DIFFER and as `recordMeeting`
 */
export function closeMeeting(deps: Deps) {
  return (actor: Actor, id: string, revision: number | null, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'closeMeeting', key: idempotencyKey, input: { id, revision } }, async () => {
        const draft = await lockKept(deps, tx, actor, id, revision)
        if (draft.state === 'CLOSED') fail('MEETING_IS_CLOSED', { version: draft.version })
        const before = await contentOf(tx, draft)
        const meeting: Meeting = { ...draft, state: 'CLOSED' }
        const input = inputOf(draft.kind, before)
        return write(deps, tx, actor, { meeting, input, before, action: 'closed', reason: null })
      }),
    )
}

/**
 * Writes a new version of a closed meeting, with the reason; the old one stays and can be read.
 * @throws DomainError MEETING_IS_DRAFT, BAD_INPUT, TOO_MANY and as `closeMeeting`
 */
export function correctMeeting(deps: Deps) {
  return (
    actor: Actor,
    id: string,
    input: MeetingInput,
    reason: string,
    revision: number | null,
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once(
        { tx, actor },
        { operation: 'correctMeeting', key: idempotencyKey, input: { id, input, reason, revision } },
        async () => {
          const closed = await lockKept(deps, tx, actor, id, revision)
          if (closed.state === 'DRAFT') fail('MEETING_IS_DRAFT')
          requireReason(reason, 'reason', limits.reason)
          const meeting: Meeting = { ...closed, version: closed.version + 1 }
          if (meeting.version > limits.versions)
            fail('TOO_MANY', { what: 'versions', found: meeting.version, wanted: limits.versions })
          const before = await contentOf(tx, closed)
          return write(deps, tx, actor, { meeting, input, before, action: 'corrected', reason })
        },
      ),
    )
}
