import { holdsMeeting } from '@linghang/rulebook'
import { requireKept } from '../../structure/organisations/administration.ts'
import { kindOfOrganisation } from '../../structure/organisations/read-organisations.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Meeting, MeetingInput, MeetingKind } from './meeting.ts'
import { writeMeeting } from './write-meeting.ts'

type Beginning = { orgId: string; kind: MeetingKind; heldOn: string; state?: Meeting['state']; startsAt?: Date | null }

/**
 * A meeting that nothing is written down of yet.
 * @throws DomainError NOT_FOUND, FORBIDDEN, MEETING_KIND_NOT_FOR_ORGANISATION
 */
export async function beginMeeting(work: Work, { orgId, kind, ...rest }: Beginning): Promise<Meeting> {
  await requireKept(work, orgId, `Organisation:${orgId}`)
  const organisationKind = await kindOfOrganisation(work, orgId)
  if (!organisationKind) return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  if (!holdsMeeting(organisationKind, kind)) fail('MEETING_KIND_NOT_FOR_ORGANISATION', { kind, organisationKind })
  return {
    ...{ id: work.newId(), orgId, kind, version: 1, revision: 0, state: 'DRAFT', startsAt: null, cancelReason: null },
    ...{ recordedBy: work.actor.accountId, recordedAt: work.now },
    ...rest,
  }
}

export type RecordMeeting = { orgId: string; kind: MeetingKind; input: MeetingInput }

/**
 * Records a meeting that has been held, as a draft: who was due follows from the register of that day.
 * @throws DomainError NOT_FOUND, FORBIDDEN, MEETING_IN_FUTURE, MEETING_KIND_NOT_FOR_ORGANISATION, REGISTER_NOT_HEARD and
 *   what `composeMeeting` refuses
 */
export const recordMeeting = useCase('recordMeeting', async (work, { orgId, kind, input }: RecordMeeting) => {
  const meeting = await beginMeeting(work, { orgId, kind, heldOn: input.heldOn })
  return writeMeeting(work, { meeting, input, before: null, action: 'recorded', reason: null })
})
