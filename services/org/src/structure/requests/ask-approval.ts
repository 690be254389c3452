import { whenTaken } from '@linghang/access'
import { publish } from '@linghang/events'
import {
  addDays,
  decidesOnOrganisations,
  type OrganisationApproval,
  organisationApprovalCitations,
  organisationApprovalRules,
} from '@linghang/rulebook'
import { toId } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { ApprovalRequest, RequestSubject } from './request.ts'
import { requestStore } from './store.ts'

export type AskApproval = {
  kind: OrganisationApproval
  subjectType: RequestSubject
  subjectId: string
  /** Who asks; whether the actor keeps it has been asked before. */
  orgId: string
  /** Who decides; the nearest committee above where it is left out. */
  deciderOrgId?: string
}

/** The committees above an organisation, nearest first. */
export const committeesAbove = async ({ tx }: Work, orgId: string): Promise<string[]> =>
  (await requestStore.superiorsOf(tx, orgId)).filter(({ kind }) => decidesOnOrganisations(kind)).map(({ id }) => id)

/** All organisations above one, nearest first. */
export const superiorIdsOf = async ({ tx }: Work, orgId: string): Promise<string[]> =>
  (await requestStore.superiorsOf(tx, orgId)).map(({ id }) => id)

function publishRequest(work: Work, request: ApprovalRequest, what: 'requested' | 'withdrawn'): Promise<void> {
  const { id, orgId, deciderOrgId, kind, subjectType, subjectId, requestedBy, requestedOn, round } = request
  const { article, source, certainty } = organisationApprovalCitations[kind]
  const data = {
    ...{ id, kind, subjectType, subjectId, orgId, deciderOrgId, requestedBy, requestedOn, round },
    ...{ article, source, certainty, recusedMemberIds: [], hardLimitOn: null },
    dueOn: addDays(requestedOn, organisationApprovalRules[kind].expectedWithinDays),
    // Withdrawing is the later word on the same round.
    version: round * 2 + (what === 'withdrawn' ? 1 : 0),
  }
  return publish(work, [{ type: `org.approval.${what}.v1`, orgId, subject: id, data }])
}

/**
 * Asks the superior for its decision. What it decides comes back to whoever answers for the kind (`requests`).
 * @returns the request's id, which is the approval's
 * @throws DomainError REQUEST_OPEN_ALREADY, NO_COMMITTEE_ABOVE
 */
export async function askApproval(work: Work, asked: AskApproval): Promise<string> {
  const { tx, actor, today } = work
  const { kind, subjectType, subjectId, orgId } = asked
  const { article, source } = organisationApprovalCitations[kind]
  const deciderOrgId =
    asked.deciderOrgId ??
    (await committeesAbove(work, orgId))[0] ??
    fail('NO_COMMITTEE_ABOVE', { what: toId('Organisation', orgId), article, source })
  const request: ApprovalRequest = {
    ...{ id: work.newId(), orgId, deciderOrgId, kind, subjectType, subjectId, state: 'OPEN', round: 1 },
    ...{ requestedOn: today, requestedBy: actor.accountId, decidedOn: null },
  }
  await requestStore.insert(tx, actor.countyId, request).catch(whenTaken(() => fail('REQUEST_OPEN_ALREADY')))
  await publishRequest(work, request, 'requested')
  return request.id
}

/** Hands in again what the superior sent back. @throws DomainError REQUEST_NOT_OPEN */
export async function askAgain(work: Work, id: string): Promise<void> {
  const { tx, actor, today } = work
  const request = await requestStore.lock(tx, actor.countyId, id)
  if (request?.state !== 'RETURNED')
    return fail('REQUEST_NOT_OPEN', { found: request?.state ?? null, wanted: 'RETURNED' })
  const again = { state: 'OPEN', round: request.round + 1, requestedOn: today, requestedBy: actor.accountId } as const
  await requestStore.update(tx, id, again)
  await publishRequest(work, { ...request, ...again }, 'requested')
}

/** Whether the superior has sent it back, and it can be handed in again or taken back; held until the transaction ends. */
export const isSentBack = async ({ tx, actor }: Work, id: string): Promise<boolean> =>
  (await requestStore.lock(tx, actor.countyId, id))?.state === 'RETURNED'

/** Takes back what has not been decided. @throws DomainError REQUEST_NOT_OPEN */
export async function withdrawApproval(work: Work, id: string): Promise<void> {
  const request = await requestStore.lock(work.tx, work.actor.countyId, id)
  if (request === null || (request.state !== 'OPEN' && request.state !== 'RETURNED'))
    return fail('REQUEST_NOT_OPEN', { found: request?.state ?? null, wanted: 'OPEN, RETURNED' })
  await requestStore.update(work.tx, id, { state: 'WITHDRAWN' })
  await publishRequest(work, request, 'withdrawn')
}
