import { beating } from '@linghang/temporal'
import { ProviderFault } from '../online/payment-provider.ts'
import { daysDue } from './days-due.ts'
import { type Reconciling, reconcileAll } from './run-day.ts'

export type ReconciledDay = { committees: number; newMismatches: number }

/**
 * What the schedule of the mornings has the dues service do; by these names it asks for it.
 * @param reconciling null where dues are not taken online: there is no day to look at
 */
export const reconciliationActivities = (reconciling: Reconciling | null) => ({
  /** Days whose bills are made by now, a week of them, the oldest first. */
  daysToReconcile: async (): Promise<string[]> => (reconciling ? daysDue(reconciling.now()) : []),
  /** Reconciles a day of all committees; a day twice is as once. @throws Error that says of the provider's fault its kind and code alone */
  async reconcileDay({ day }: { day: string }): Promise<ReconciledDay> {
    if (!reconciling) return { committees: 0, newMismatches: 0 }
    const { beat } = beating<number>()
    try {
      return await reconcileAll(reconciling, day, beat)
    } catch (error) {
      const why =
        error instanceof ProviderFault ? { kind: error.kind, code: error.code } : { reason: (error as Error).name }
      reconciling.log.warn({ ...why, day }, 'a day is reconciled with the payment provider at the next turn')
      // What Temporal keeps of a failure is not sealed.
      throw new Error(Object.values(why).join(' '))
    }
  },
})
