import { recordAudit, whenTaken } from '@linghang/access'
import { requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase, type Work } from '../../work.ts'
import { boardDecisionStore } from '../decisions/store.ts'
import { dueTalks } from './due-talks.ts'
import { fail } from './errors.ts'
import { talkStore } from './store.ts'
import { requireDue, requireHeldOn, requireOpen, type Talk, talkLimits } from './talk.ts'
import { tellTalk } from './tell-talk.ts'

/**
 * Calls in the head of a branch that was on the black list three months running (S3-27), by the decision that holds.
 * @returns the talk's id
 * @throws DomainError FORBIDDEN, BAD_INPUT, TALK_NOT_DECIDED, TALK_NOT_DUE, TALK_OPEN
 */
export const callBranchIn = useCase(
  'callBranchIn',
  async (work, input: { branchId: string; calledBy: string; dueOn: string }): Promise<string> => {
    const { tx, actor, now, today, newId } = work
    requireCountyAdmin(work)
    requireDue(input.dueOn, today)
    const calledBy = requireReason(input.calledBy, 'calledBy', talkLimits.calledBy)
    // Who ends the decision at this moment waits, or this one finds it ended.
    await boardDecisionStore.holdOf(tx, actor.countyId, 'RED_BLACK')
    const due = await dueTalks(work)
    if (due === null) return fail('TALK_NOT_DECIDED')
    const [month] = due.months
    if (month === undefined || !due.orgIds.includes(input.branchId)) return fail('TALK_NOT_DUE')
    const talk: Talk = {
      ...{ id: newId(), orgId: input.branchId, decisionId: due.decision.id, month, calledBy },
      ...{ openedOn: today, dueOn: input.dueOn, state: 'OPEN', workSeen: null },
      ...{ heldOn: null, heldBy: null, note: null, closedOn: null },
    }
    await talkStore
      .insert(tx, { ...talk, countyId: actor.countyId, openedAt: now, openedBy: actor.accountId })
      .catch(whenTaken(() => fail('TALK_OPEN')))
    await recordAudit(work, [
      { orgId: talk.orgId, action: 'talk.opened', subjectType: 'BoardTalk', subjectId: talk.id },
    ])
    await tellTalk(work, talk, { open: true })
    return talk.id
  },
)

type Closed = { id: string; workSeen: string; note: string; held: { on: string; by: string } | null }

async function close(work: Work, { id, held, ...said }: Closed): Promise<string> {
  const { tx, actor, now, today } = work
  requireCountyAdmin(work)
  const talk = (await talkStore.lock(tx, actor.countyId, id)) ?? fail('NOT_FOUND', { what: toId('BoardTalk', id) })
  requireOpen(talk)
  if (held) requireHeldOn(held.on, talk, today)
  await talkStore.close(tx, id, {
    ...{ state: held ? 'HELD' : 'DROPPED', heldOn: held?.on ?? null },
    heldBy: held && requireReason(held.by, 'heldBy', talkLimits.heldBy),
    workSeen: requireReason(said.workSeen, 'workSeen', talkLimits.text),
    note: requireReason(said.note, held ? 'note' : 'reason', talkLimits.text),
    ...{ closedOn: today, closedAt: now, closedBy: actor.accountId },
  })
  const action = held ? 'talk.held' : 'talk.dropped'
  await recordAudit(work, [{ orgId: talk.orgId, action, subjectType: 'BoardTalk', subjectId: id }])
  await tellTalk(work, talk, { open: false })
  return id
}

/**
 * A talk was held, and what a look at the work had found before it (F13).
 * @throws DomainError FORBIDDEN, NOT_FOUND, BAD_INPUT, TALK_CLOSED
 */
export const holdBoardTalk = useCase('holdBoardTalk', (work, input: Closed & { held: object }) => close(work, input))

/**
 * There is no talk, since a look at the work has shown no cause.
 * @throws DomainError FORBIDDEN, NOT_FOUND, BAD_INPUT, TALK_CLOSED
 */
export const dropBoardTalk = useCase('dropBoardTalk', (work, input: Omit<Closed, 'held'>) =>
  close(work, { ...input, held: null }),
)
