import { recordAudit, whenTaken } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { requireKind } from '../organisations/change-organisation.ts'
import { holdKept } from '../organisations/hold-organisation.ts'
import { askAgain, askApproval, committeesAbove, withdrawApproval } from '../requests/ask-approval.ts'
import { approvalOfChange, type Becomes, type ChangeKind, isEnd, type OrganisationChange } from './change.ts'
import { fail } from './errors.ts'
import { requireChange } from './judge-change.ts'
import { requireEnding } from './judge-ending.ts'
import { requireSplit } from './split-branch.ts'
import { changeStore } from './store.ts'

export type RequestChange = Becomes & { orgId: string; kind: ChangeKind; reason: string }
const reasonAtMost = 1_000

const audited = (work: Work, action: string, { id, orgId }: OrganisationChange) =>
  recordAudit(work, [{ orgId, action, subjectType: 'OrganisationChange', subjectId: id }])

/** For a move and a merger: the nearest committee that stands above the organisation and at or above the other. @throws DomainError NOT_FOUND */
async function aboveBoth(work: Work, orgId: string, superiorId: string): Promise<string | undefined> {
  if (!(await work.supervision.seen([superiorId])).has(superiorId))
    fail('NOT_FOUND', { what: `Organisation:${superiorId}` })
  const [own, other] = [await committeesAbove(work, orgId), [superiorId, ...(await committeesAbove(work, superiorId))]]
  return own.find(id => other.includes(id))
}

/**
 * Asks the superior for a change to an organisation that the actor keeps; for one to be set up, below it. Nothing changes
 * before it is approved.
 * @throws DomainError NOT_FOUND, BAD_INPUT, CHANGE_SAYS_OTHERWISE, CHANGE_CHANGES_NOTHING, UPGRADE_REFUSED, COMMITTEE_WITH_PEOPLE,
 *   CHANGE_OPEN_ALREADY, REQUEST_OPEN_ALREADY, NO_COMMITTEE_ABOVE and as `requireEnding`, `requireSplit`
 */
export const requestOrganisationChange = useCase('requestOrganisationChange', async (work, input: RequestChange) => {
  const { tx, actor, today } = work
  const organisation = await holdKept(work, input.orgId)
  const { kind, orgId, code, name, toKind, superiorId, intoOrgId, endsOn, memberIds } = input
  const reason = requireReason(input.reason, 'reason', reasonAtMost)
  const becomes = {
    code,
    name: name?.normalize('NFKC').trim() ?? null,
    toKind,
    superiorId,
    intoOrgId,
    endsOn,
    memberIds,
  }
  requireChange(kind, becomes, organisation, today)
  // Asked for again when it is carried out: what would be refused then needs no decision.
  if (kind === 'UPGRADE' && toKind !== null) await requireKind(work, organisation, { ...organisation, kind: toKind })
  if (kind === 'SPLIT') await requireSplit(work, organisation, memberIds)
  const id = work.newId()
  // With the other organisation goes who decides: whoever stands above both.
  const other = superiorId ?? intoOrgId
  const deciderOrgId = other === null ? undefined : await aboveBoth(work, orgId, other)
  if (isEnd(kind)) await requireEnding(work, organisation, intoOrgId, null)
  const asked = { kind: approvalOfChange[kind], subjectType: 'Organisation', orgId } as const
  const approvalId = await askApproval(work, { ...asked, subjectId: orgId, ...(deciderOrgId ? { deciderOrgId } : {}) })
  const change: OrganisationChange = {
    ...{ id, orgId, kind, state: 'REQUESTED', approvalId, reason, ...becomes, requestedOn: today },
    ...{ decidedOn: null, doneOn: null, blockedBy: null, madeOrgId: null, revision: 1 },
  }
  await changeStore.insert(tx, actor.countyId, change).catch(whenTaken(() => fail('CHANGE_OPEN_ALREADY')))
  await audited(work, 'organisation-change.requested', change)
  return id
})

/** A change of an organisation that the actor keeps, held until the transaction ends. @throws DomainError NOT_FOUND, CHANGE_NOT_OPEN */
async function holdChange(work: Work, id: string, states: readonly OrganisationChange['state'][]) {
  const change = await changeStore.lock(work.tx, work.actor.countyId, id)
  if (change === null || !(await work.supervision.kept([change.orgId])).has(change.orgId))
    return fail('NOT_FOUND', { what: `OrganisationChange:${id}` })
  if (!states.includes(change.state)) fail('CHANGE_NOT_OPEN', { found: change.state, wanted: states.join(', ') })
  return change
}

/** Takes back what has not been decided. @throws DomainError NOT_FOUND, CHANGE_NOT_OPEN */
export const withdrawOrganisationChange = useCase(
  'withdrawOrganisationChange',
  async (work, { id }: { id: string }) => {
    const change = await holdChange(work, id, ['REQUESTED', 'RETURNED'])
    await withdrawApproval(work, change.approvalId)
    await changeStore.update(work.tx, change, { state: 'WITHDRAWN' })
    await audited(work, 'organisation-change.withdrawn', change)
    return id
  },
)

/** Hands in again what the superior sent back, with what it asked for said in the reason. @throws DomainError NOT_FOUND, CHANGE_NOT_OPEN, BAD_INPUT */
export const resubmitOrganisationChange = useCase(
  'resubmitOrganisationChange',
  async (work, input: { id: string; reason: string }) => {
    const change = await holdChange(work, input.id, ['RETURNED'])
    const reason = requireReason(input.reason, 'reason', reasonAtMost)
    await askAgain(work, change.approvalId)
    await changeStore.update(work.tx, change, { state: 'REQUESTED', reason, requestedOn: work.today })
    await audited(work, 'organisation-change.requested', change)
    return input.id
  },
)
