import type { RawTx } from '@linghang/access'
import { type Event, type MemberState, newestOf, type OrganisationState, type Reaction } from '@linghang/events'
import { developmentDeadlines, ruleSetOn, termDeadlines } from '@linghang/rulebook'
import { shanghaiDay } from '@linghang/subgraph'
import { deadlineStore } from '../deadlines/store.ts'

/** The trace that last changed each subject, so that its workflow goes on in it. */
const traceparentsOf = (events: readonly Event[]): Map<string, string> =>
  new Map(events.flatMap(event => (event.traceparent ? [[event.subject, event.traceparent] as const] : [])))

/** People on their way into the party have statutory dates; whoever leaves or is a full member has none. */
export const watchPeople = (now: () => Date): Reaction<RawTx> => ({
  types: [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async react(tx, actor, events) {
    const rules = ruleSetOn(shanghaiDay(now()))
    const subjects = newestOf<MemberState>(events, member => member.id).map(member => ({
      id: member.id,
      orgId: member.orgId,
      type: 'MEMBER' as const,
      version: member.version,
      deadlines: member.leftOn === null ? developmentDeadlines(member, rules) : [],
    }))
    await deadlineStore.watch(tx, actor.countyId, subjects, traceparentsOf(events))
  },
})

/** Organisations have terms that end. */
export const watchTerms: Reaction<RawTx> = {
  types: ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  async react(tx, actor, events) {
    const subjects = newestOf<OrganisationState>(events, organisation => organisation.id).map(organisation => ({
      id: organisation.id,
      orgId: organisation.id,
      type: 'ORGANISATION' as const,
      version: organisation.version,
      deadlines: termDeadlines({ termEnd: organisation.term?.end ?? null }),
    }))
    await deadlineStore.watch(tx, actor.countyId, subjects, traceparentsOf(events))
  },
}
