import { recordAudit } from '@linghang/access'
import type { ApprovalDecisionState } from '@linghang/events'
import type { Answer } from '../../structure/requests/hear-decisions.ts'
import type { Work } from '../../work.ts'
import { answered } from './plan.ts'
import { planStore } from './store.ts'

async function decided(work: Work, { id, subjectId, outcome }: ApprovalDecisionState): Promise<void> {
  const { tx, actor } = work
  const plan = await planStore.lock(tx, actor.countyId, subjectId)
  const after = plan && answered(plan, id, outcome)
  if (!after) return
  await planStore.update(tx, { ...after, revision: after.revision + 1 })
  const action = `life-plan.${outcome.toLowerCase()}`
  await recordAudit(work, [{ orgId: after.orgId, action, subjectType: 'LifePlan', subjectId }])
}

/** What the superior decided of plans, in the transaction that hears of it. */
export const answerPlans: Answer = { kinds: ['LIFE_PLAN'], decided }
