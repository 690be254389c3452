import type { RawTx } from '@linghang/access'
import {
  type DevelopmentCaseState,
  type Event,
  newestOf,
  type OrganisationState,
  type Reaction,
} from '@linghang/events'
import { termDeadlines } from '@linghang/rulebook'
import { watchSubjects } from '../deadlines/watch-subjects.ts'
import { subjectOfCase } from '../development/subject-of-case.ts'
import { announce, followDates } from '../inbox/announce.ts'
import type { Announcement } from '../inbox/store.ts'

/** The trace that last changed each subject, so that its workflow goes on in it. */
export const traceparentsOf = (events: readonly Event[]): Map<string, string> =>
  new Map(events.flatMap(event => (event.traceparent ? [[event.subject, event.traceparent] as const] : [])))

/**
 * A development case says itself what is due of it, by whom and on which ladder; an archived or ended one, nothing. Who
 * takes it over hears so, and gets the reminders that were given.
 */
export const watchCases = (now: () => Date): Reaction<RawTx> => ({
  types: ['members.case.changed.v1'],
  async react(tx, actor, events) {
    const newest = newestOf<DevelopmentCaseState>(events, state => state.id)
    await watchSubjects(tx, actor.countyId, newest.map(subjectOfCase), traceparentsOf(events))
    const at = now()
    await followDates(
      tx,
      actor.countyId,
      newest.filter(({ state }) => state === 'OPEN').map(({ memberId }) => memberId),
      at,
    )
    const told = (events as (Event & { data: DevelopmentCaseState })[]).map(({ data }) => data)
    await announce(tx, actor.countyId, told.flatMap(announcedTurn), at)
  },
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

/** Organisations have terms that end. */
export const watchTerms: Reaction<RawTx> = {
  types: ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  async react(tx, actor, events) {
    const subjects = newestOf<OrganisationState>(events, organisation => organisation.id).map(
      ({ id, version, term, termEnd }) => ({
        id,
        subjectId: id,
        subjectType: 'ORGANISATION' as const,
        orgId: id,
        type: 'ORGANISATION' as const,
        version,
        deadlines: termDeadlines({ termEnd: termEnd ?? term?.end ?? null }).map(deadline => ({
          ...deadline,
          office: { role: deadline.office.role, orgId: id },
          ladder: null,
        })),
      }),
    )
    await watchSubjects(tx, actor.countyId, subjects, traceparentsOf(events))
  },
}
