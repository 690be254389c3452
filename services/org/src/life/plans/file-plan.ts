import { askAgain, askApproval, isSentBack, withdrawApproval } from '../../structure/requests/ask-approval.ts'
import { useCase, type Work } from '../../work.ts'
import { settingsOn } from '../settings/read-settings.ts'
import { fail } from './errors.ts'
import { holdDraft, writePlan } from './hold-plan.ts'
import type { Plan } from './plan.ts'

/**
 * Asks the committee above; again by the same request what it sent back, a new one after a refusal.
 * @returns the approval's id, null where the county does not want plans approved
 * @throws DomainError NO_COMMITTEE_ABOVE
 */
async function ask(work: Work, { id, orgId, approvalId }: Plan, wanted: boolean): Promise<string | null> {
  const sentBack = approvalId !== null && (await isSentBack(work, approvalId)) ? approvalId : null
  if (wanted && sentBack === null)
    return askApproval(work, { kind: 'LIFE_PLAN', subjectType: 'LifePlan', subjectId: id, orgId })
  if (sentBack === null) return null
  // What was sent back before the county changed its mind waits for nobody any more.
  await (wanted ? askAgain : withdrawApproval)(work, sentBack)
  return wanted ? sentBack : null
}

/**
 * Files a plan with the organisation above, where the county has decided that plans are: nobody is asked for a form that need
 * not be. Those above saw it before too; filing says that it is ready. Where the county wants it approved, the committee
 * above is asked with it.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT, PLAN_IS_FILED, PLAN_FILING_NOT_ASKED, NO_COMMITTEE_ABOVE
 */
export const fileLifePlan = useCase(
  'fileLifePlan',
  async (work, { id, revision }: { id: string; revision: number | null }): Promise<string> => {
    const held = await holdDraft(work, id, revision)
    const { plansFiled, plansApproved } = await settingsOn(work, work.today)
    if (!plansFiled) fail('PLAN_FILING_NOT_ASKED')
    const approvalId = await ask(work, held.plan, plansApproved)
    const plan: Plan = { ...held.plan, state: 'FILED', filedAt: work.now, approvalId }
    return writePlan(work, { ...held, plan }, 'life-plan.filed')
  },
)
