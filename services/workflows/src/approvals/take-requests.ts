import { type Event, reaction } from '@linghang/events'
import { addDays, approvalRules, certaintyOf } from '@linghang/rulebook'
import { announce, followDates } from '../inbox/announce.ts'
import { traceparentsOf } from '../time/watch/process.ts'
import type { Work } from '../work.ts'
import { isKind, isSubject } from './approval.ts'
import { watchApprovals } from './process.ts'
import { approvalStore, type NewRequest } from './store.ts'

const requests = ['members.approval.requested.v1', 'org.approval.requested.v1'] as const
const withdrawals = ['members.approval.withdrawn.v1', 'org.approval.withdrawn.v1'] as const
type Heard = Event<(typeof requests)[number] | (typeof withdrawals)[number]>

/** @throws RangeError for a kind or a subject that nobody here could name or decide */
function toRequest({ data }: Heard, today: string): NewRequest {
  const { kind, subjectType } = data
  if (!isKind(kind)) throw new RangeError(`the kind of approval ${kind} is not one of the platform's`)
  if (!isSubject(subjectType)) throw new RangeError(`approvals are not about a ${subjectType}`)
  const { role, expectedWithinDays } = approvalRules[kind]
  return {
    ...data,
    ...{ kind, subjectType, role, announcedOn: today },
    certainty: certaintyOf(data.certainty),
    ladder: data.ladder ?? null,
    inMeeting: data.inMeeting ?? false,
    // Before it was named by itself, the person stood first among those who may not decide.
    memberId: data.memberId ?? data.recusedMemberIds[0] ?? null,
    // Where no regulation fixes a date, practice does.
    dueOn: data.dueOn ?? addDays(data.requestedOn, expectedWithinDays),
  }
}

/** Requests and withdrawals in their order, in parts in which no approval stands twice. */
function inParts(events: readonly Heard[]): Heard[][] {
  const parts: Heard[][] = []
  const seen = new Map<string, number>()
  for (const event of events) {
    const part = seen.get(event.data.id) ?? 0
    parts[part] = [...(parts[part] ?? []), event]
    seen.set(event.data.id, part + 1)
  }
  return parts
}

const isRequest = ({ type }: Heard): boolean => requests.some(request => request === type)

/**
 * Something is to be decided by a superior, or no longer: row, history, reminder to the office and what its workflow is
 * to be told, in the transaction that hears of it. A round is opened once, however often it is told.
 */
export const takeRequests = reaction([...requests, ...withdrawals], async (work: Work, events) => {
  for (const part of inParts(events)) {
    await open(work, part.filter(isRequest))
    await withdraw(
      work,
      part.filter(event => !isRequest(event)),
    )
  }
  const ids = [...new Set(events.map(({ data }) => data.id))]
  await watchApprovals(work, ids, traceparentsOf(events))
  await followDates(work, ids)
})

async function open(work: Work, events: readonly Heard[]): Promise<void> {
  if (events.length === 0) return
  const { tx, actor, now, today } = work
  const requests = events.map(event => toRequest(event, today))
  const handedIn = await approvalStore.open(tx, actor.countyId, requests)
  const fresh = requests.filter(request => handedIn.has(request.id))
  const history = fresh.map(({ id, orgId, deciderOrgId, round, requestedOn, requestedBy }) => ({
    ...{ approvalId: id, orgId, deciderOrgId, round, what: 'REQUESTED' as const, happenedOn: requestedOn },
    ...{ accountId: requestedBy, delegationId: null, meetingId: null, reason: null },
  }))
  await approvalStore.record(tx, actor.countyId, history, now)
  await announce(
    work,
    fresh.map(({ id, deciderOrgId, role, dueOn, round }) => ({
      ...{ subjectId: id, subjectType: 'APPROVAL', rule: 'APPROVAL_DUE', rung: 'REQUESTED' },
      ...{ orgId: deciderOrgId, role, dueOn, round },
    })),
  )
}

async function withdraw({ tx, actor, now, today }: Work, events: readonly Heard[]): Promise<void> {
  if (events.length === 0) return
  const gone = new Set(
    await approvalStore.withdraw(
      tx,
      actor.countyId,
      events.map(({ data }) => ({ id: data.id, version: data.version })),
    ),
  )
  const history = events.flatMap(({ data: { id, orgId, deciderOrgId, round } }) =>
    gone.has(id)
      ? [
          {
            ...{ approvalId: id, orgId, deciderOrgId, round, what: 'WITHDRAWN' as const, happenedOn: today },
            ...{ accountId: null, delegationId: null, meetingId: null, reason: null },
          },
        ]
      : [],
  )
  await approvalStore.record(tx, actor.countyId, history, now)
}
