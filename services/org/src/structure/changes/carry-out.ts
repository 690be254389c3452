import { recordAudit, undoable } from '@linghang/access'
import type { ApprovalDecisionState } from '@linghang/events'
import { DomainError } from '@linghang/subgraph/errors'
import type { Work } from '../../work.ts'
import { changeOrganisation } from '../organisations/change-organisation.ts'
import { moveOrganisation } from '../organisations/move-organisation.ts'
import { registerOrganisation } from '../organisations/register-organisation.ts'
import { writeLastDay } from '../organisations/write-end.ts'
import type { Answer } from '../requests/hear-decisions.ts'
import { approvalOfChange, isEnd, type OrganisationChange } from './change.ts'
import { endOrganisation } from './end-organisation.ts'
import { splitBranch } from './split-branch.ts'
import { changeStore } from './store.ts'

/** Why what ends with an organisation ends. */
const endReasons = { MERGE: '党组织合并', DISSOLVE: '党组织撤销' } as const

/** What is approved and cannot be done as things are: said by its code. */
type Outcome = { madeOrgId: string | null } | { blockedBy: string }

async function doneAs(work: Work, change: OrganisationChange, decidedOn: string): Promise<string | null> {
  const { orgId: id, kind, code, name, toKind, superiorId, intoOrgId, approvalId, endsOn, memberIds } = change
  const changes = { id, expectedVersion: null }
  if (kind === 'RENAME' && name !== null) await changeOrganisation.run(work, { ...changes, change: { name } })
  if (kind === 'UPGRADE' && toKind !== null)
    await changeOrganisation.run(work, { ...changes, change: { kind: toKind } })
  if (kind === 'MOVE' && superiorId !== null) await moveOrganisation.run(work, { id, superiorId })
  if (isEnd(kind))
    await endOrganisation(work, {
      id,
      intoOrgId,
      approvalId,
      reason: endReasons[kind === 'MERGE' ? 'MERGE' : 'DISSOLVE'],
    })
  if (kind === 'SPLIT' && code !== null && name !== null)
    return splitBranch(work, { id, code, name, memberIds, establishedOn: decidedOn })
  if (kind !== 'SETUP' || code === null || name === null || toKind === null) return null
  const record = { code, name, kind: toKind, superiorId: id, establishedOn: decidedOn, term: null }
  const made = await registerOrganisation.run(work, record)
  if (endsOn !== null) await writeLastDay(work, made, endsOn)
  return made
}

async function carryOut(work: Work, change: OrganisationChange, decidedOn: string): Promise<Outcome> {
  try {
    return { madeOrgId: await undoable(work, () => doneAs(work, change, decidedOn)) }
  } catch (error) {
    // The approval stands, and the process says what is in its way.
    if (!(error instanceof DomainError)) throw error
    return { blockedBy: error.code }
  }
}

async function decided(work: Work, { id, outcome, decidedOn }: ApprovalDecisionState): Promise<void> {
  const change = await changeStore.lockByApproval(work.tx, id)
  if (change === null || change.state !== 'REQUESTED') return
  const tell = (action: string) =>
    recordAudit(work, [{ orgId: change.orgId, action, subjectType: 'OrganisationChange', subjectId: change.id }])
  if (outcome !== 'APPROVED') {
    await changeStore.update(work.tx, change, { state: outcome, decidedOn })
    return tell(`organisation-change.${outcome.toLowerCase()}`)
  }
  const done = await carryOut(work, change, decidedOn)
  if ('blockedBy' in done) {
    await changeStore.update(work.tx, change, { state: 'BLOCKED', decidedOn, blockedBy: done.blockedBy })
    return tell('organisation-change.blocked')
  }
  await changeStore.update(work.tx, change, { state: 'DONE', decidedOn, doneOn: work.today, madeOrgId: done.madeOrgId })
  return tell('organisation-change.done')
}

/** What the superior decided of changes, carried out in the transaction that hears of it. */
export const answerChanges: Answer = { kinds: Object.values(approvalOfChange), decided }
