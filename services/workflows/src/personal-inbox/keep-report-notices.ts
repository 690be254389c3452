import { reaction } from '@linghang/events'
import { announce } from '../inbox/announce.ts'
import { workingMoment } from '../time/calendar/office-hours.ts'
import type { Work } from '../work.ts'
import { personalReminderStore } from './store.ts'

/**
 * Tells whoever a monthly report is about that it is there, once, and in working hours (R9): a member in their own inbox, a
 * branch's secretary in that of the office. Nobody is reminded of it again.
 */
export const keepReportNotices = reaction(['assessment.report.made.v1'], async (work: Work, events) => {
  const shownFrom = new Date(workingMoment(work.now.getTime()))
  const reports = events.map(({ data }) => data)
  const ofMembers = reports.flatMap(({ id, memberId, month, version }) =>
    memberId === null ? [] : [{ id, memberId, month, version }],
  )
  await personalReminderStore.tellReports(work.tx, work.actor.countyId, ofMembers, shownFrom)
  await announce(
    { ...work, now: shownFrom },
    reports.flatMap(({ orgId, memberId, month }) =>
      memberId === null
        ? [
            {
              ...{ orgId, role: 'SECRETARY', subjectId: orgId, subjectType: 'ORGANISATION' as const, dueOn: month },
              ...{ rule: 'MONTHLY_REPORT' as const, rung: 'TURN' as const, round: 1 },
            },
          ]
        : [],
    ),
  )
})
