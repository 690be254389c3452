import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context } from '../../work.ts'
import { gradesOf } from '../appraisal/read-appraisals.ts'
import { measuresOf } from '../criticism/read-criticism.ts'
import { ledgersOf } from '../ledgers/read-ledgers.ts'
import type { Meeting, MeetingFilter } from '../meetings/meeting.ts'
import { meetingCountAt, meetingsAt, versionsOf } from '../meetings/read-meetings.ts'
import { entriesOf, plansAt } from '../plans/read-plans.ts'
import { openRemarksOf, recordRemarksOf } from '../remarks/read-remarks.ts'
import { fail } from './errors.ts'
import { type ArchivedMeeting, type LifeYear, meetingsAtMost, requireFits } from './life-year.ts'

const plansAtMost = 100

/** A closed meeting and what stands beside it; those of one year are read together. */
async function archived(context: Context, meeting: Meeting): Promise<ArchivedMeeting> {
  const [versions, measures, remarks, grades] = await Promise.all([
    context.load(versionsOf, meeting.id),
    context.load(measuresOf, meeting.id),
    context.load(recordRemarksOf, meeting.id),
    meeting.kind === 'APPRAISAL_MEETING' ? context.load(gradesOf, meeting.id) : null,
  ])
  return { meeting, versions, measures, remarks, grades: grades ?? null }
}

/**
 * All of an organisation's year for whoever sees its meetings, but what each meeting says.
 * @throws DomainError NOT_FOUND, LIFE_ARCHIVE_TOO_LARGE
 */
export async function readLifeYear(context: Context, orgId: string, year: number): Promise<LifeYear> {
  const what = `Organisation:${orgId}`
  // Belonging to it, or keeping its books, shows an organisation and not its meetings: its ledger is for who sees those.
  const ledger = (await context.load(ledgersOf, orgId, year)) ?? fail('NOT_FOUND', { what })
  const { code, name } = (await context.load(organisationById, orgId)) ?? fail('NOT_FOUND', { what })
  const filter: MeetingFilter = { kind: null, from: `${year}-01-01`, to: `${year}-12-31` }
  const found = await context.load(meetingCountAt, orgId, filter)
  requireFits(year, found)
  const all = await context.load(meetingsAt, orgId, filter, { size: meetingsAtMost, from: null, backwards: false })
  const closed = all
    .filter(({ state }) => state === 'CLOSED')
    .toSorted((one, other) => (`${one.heldOn}${one.id}` < `${other.heldOn}${other.id}` ? -1 : 1))
  const plans = await context.load(plansAt, orgId, { size: plansAtMost, from: null, backwards: false })
  const ofYear = plans.filter(({ fromDay, untilDay }) => fromDay <= filter.to! && untilDay >= filter.from!)
  return {
    ...{ organisation: { code, name }, year, ledger },
    openRemarks: await context.load(openRemarksOf, orgId, year),
    plans: await Promise.all(
      ofYear
        .toSorted((one, other) => (`${one.fromDay}${one.id}` < `${other.fromDay}${other.id}` ? -1 : 1))
        .map(async plan => ({ plan, entries: await context.load(entriesOf, plan.id) })),
    ),
    meetings: await Promise.all(closed.map(meeting => archived(context, meeting))),
  }
}
