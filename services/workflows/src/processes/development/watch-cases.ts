import { type DevelopmentCaseState, newestOf, reaction } from '@linghang/events'
import { announce, followDates } from '../../inbox/announce.ts'
import type { Announcement } from '../../inbox/store.ts'
import { traceparentsOf, watchSubjects } from '../../time/watch/watch-subjects.ts'
import type { Work } from '../../work.ts'
import { subjectOfCase } from './subject-of-case.ts'

/**
 * A development case says itself what is due of it, by whom and on which ladder; an archived or ended one, nothing. Who
 * takes it over hears so, and gets the reminders that were given.
 */
export const watchCases = reaction(['members.case.changed.v1'], async (work: Work, events) => {
  const newest = newestOf(events, state => state.id)
  await watchSubjects(work, newest.map(subjectOfCase), traceparentsOf(events))
  await followDates(
    work,
    newest.filter(({ state }) => state === 'OPEN').map(({ memberId }) => memberId),
  )
  await announce(
    work,
    events.flatMap(({ data }) => announcedTurn(data)),
  )
})

const announcedTurn = ({ memberId, turn, version }: DevelopmentCaseState): Announcement[] =>
  turn
    ? [
        {
          ...{ subjectId: memberId, subjectType: 'MEMBER', rule: 'STEP_TURN', rung: 'TURN' },
          ...{ orgId: turn.orgId, role: turn.role, dueOn: turn.since, round: version },
        },
      ]
    : []
