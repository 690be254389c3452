import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { toId } from '@linghang/subgraph/ids'
import { seesPeopleOf } from '../../sheets/reading/who-sees.ts'
import type { Work } from '../../work.ts'
import type { Appeal, AppealStep, StepKind } from './appeal.ts'
import { fail } from './errors.ts'
import { appealStore } from './store.ts'

/** Of these appeals those that the actor may read: whoever reads the sheet. */
export async function seenAppeals<T extends Appeal>(work: Work, appeals: readonly T[]): Promise<T[]> {
  const orgIds = [...new Set(appeals.map(({ orgId }) => orgId))]
  const seen = await work.supervision.seen(orgIds)
  const people = await seesPeopleOf(work, orgIds)
  return appeals.filter(({ subjectType, subjectId, orgId }) =>
    subjectType === 'MEMBER' ? subjectId === work.actor.memberId || people.has(orgId) : seen.has(orgId),
  )
}

/** An appeal that the actor may read, held until the transaction ends. @throws DomainError NOT_FOUND */
export async function holdAppeal(work: Work, id: string): Promise<Appeal> {
  const what = toId('Appeal', id)
  const found = (await appealStore.lock(work.tx, work.actor.countyId, id)) ?? fail('NOT_FOUND', { what })
  const [appeal] = await seenAppeals(work, [found])
  return appeal ?? fail('NOT_FOUND', { what })
}

type Done = Partial<Pick<AppealStep, 'onDay' | 'text' | 'heardBy' | 'points'>> & { kind: StepKind }

/** What is done of an appeal as it stands after it: its history, the audit, and what others are told. */
export async function tellStep(work: Work, appeal: Appeal, { kind, ...done }: Done): Promise<void> {
  const { tx, actor, now, today } = work
  const { id, orgId, subjectType, subjectId, decidingOrgId, state, round, openedOn, hearBy, answerBy } = appeal
  await appealStore.step(tx, {
    ...{
      n: appeal.steps,
      kind,
      onDay: today,
      text: '',
      heardBy: null,
      points: null,
      decidingOrgId,
      doneAt: now,
      ...done,
    },
    ...{ countyId: actor.countyId, orgId, appealId: id, doneBy: actor.accountId },
  })
  const action = `appeal.${kind.toLowerCase().replace('_', '-')}`
  await recordAudit(work, [{ orgId, action, subjectType: 'Appeal', subjectId: id }])
  await publish(work, [
    {
      ...{ type: 'assessment.appeal.changed.v1', orgId, subject: id },
      data: {
        ...{ id, orgId, memberId: subjectType === 'MEMBER' ? subjectId : null, decidingOrgId, state, round },
        ...{ openedOn, hearBy, answerBy, version: Number(appeal.version) },
      },
    },
  ])
}

/** Changes an appeal and tells the step. @returns as it stands then */
export async function changeAppeal(work: Work, before: Appeal, change: Partial<Appeal>, done: Done): Promise<Appeal> {
  const after = { ...before, ...change, steps: before.steps + 1, version: before.version + 1n }
  await appealStore.change(work.tx, after)
  await tellStep(work, after, done)
  return after
}
