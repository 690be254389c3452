import { useCase } from '../../work.ts'
import { holdDraft, writePlan } from './hold-plan.ts'

/**
 * Files a plan with the organisation above, which sees it from then on as it saw it before: filing says that it is ready.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT, PLAN_IS_FILED
 */
export const fileLifePlan = useCase(
  'fileLifePlan',
  async (work, { id, revision }: { id: string; revision: number | null }): Promise<string> => {
    const held = await holdDraft(work, id, revision)
    return writePlan(work, { ...held, plan: { ...held.plan, state: 'FILED', filedAt: work.now } }, 'life-plan.filed')
  },
)
