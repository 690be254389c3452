import { useCase } from '../../work.ts'
import { settingsOn } from '../settings/read-settings.ts'
import { fail } from './errors.ts'
import { holdDraft, writePlan } from './hold-plan.ts'

/**
 * Files a plan with the organisation above, where the county has decided that plans are: nobody is asked for a form that need
 * not be. Those above saw it before too; filing says that it is ready.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT, PLAN_IS_FILED, PLAN_FILING_NOT_ASKED
 */
export const fileLifePlan = useCase(
  'fileLifePlan',
  async (work, { id, revision }: { id: string; revision: number | null }): Promise<string> => {
    const held = await holdDraft(work, id, revision)
    if (!(await settingsOn(work, work.today)).plansFiled) fail('PLAN_FILING_NOT_ASKED')
    return writePlan(work, { ...held, plan: { ...held.plan, state: 'FILED', filedAt: work.now } }, 'life-plan.filed')
  },
)
