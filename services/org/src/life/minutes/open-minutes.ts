import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context, Work } from '../../work.ts'
import { fail } from '../meetings/errors.ts'
import { contentOf } from '../meetings/hold-meeting.ts'
import type { Meeting } from '../meetings/meeting.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { minutesDocument } from './minutes-document.ts'

const minutesPath = (id: string): string => `/files/meeting-minutes/${id}.docx`

/** A meeting that has been held, for whoever sees it. @throws DomainError NOT_FOUND, MEETING_NOT_HELD */
async function requireHeld(context: Context, id: string): Promise<Meeting> {
  const meeting = (await context.load(meetingById, id)) ?? fail('NOT_FOUND', { what: `Meeting:${id}` })
  const { state } = meeting
  return state === 'DRAFT' || state === 'CLOSED' ? meeting : fail('MEETING_NOT_HELD', { found: state })
}

/** A link to the minutes of a meeting for whoever sees it. @throws DomainError NOT_FOUND, MEETING_NOT_HELD */
export async function linkMinutes(context: Context, links: Links, id: string): Promise<FileLink> {
  await requireHeld(context, id)
  return context.perform(async ({ actor, now }: Work) => links.sign(minutesPath(id), actor, now))
}

/**
 * The minutes as the version that counts says.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND, MEETING_NOT_HELD
 */
export async function openMinutes(
  context: Context,
  links: Links,
  id: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  await context.perform(async ({ actor, now }: Work) => requireGoodLink({ links, actor, now }, minutesPath(id), query))
  const meeting = await requireHeld(context, id)
  const content = await context.perform(work => contentOf(work, meeting))
  const organisation = (await context.load(organisationById, meeting.orgId))?.name ?? ''
  const model = minutesDocument({ organisation, meeting, content, printedOn: context.today })
  return { name: `${content.heldOn}${model.title}.docx`, content: await renderDocx(model) }
}
