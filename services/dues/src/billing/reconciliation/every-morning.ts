import { shanghaiDay } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { ProviderFault } from '../online/payment-provider.ts'
import { type Reconciling, reconcileAll } from './run-day.ts'

const everyMs = 10 * 60_000
/** The provider makes the bill of a day at ten the next morning. */
const madeAtMs = 10.25 * 3_600_000
/** After an outage so many days are looked at again. */
const daysBack = 7

/** The days whose bills are made by now, the oldest first. */
export const daysDue = (now: Date): string[] => {
  const newest = addDays(shanghaiDay(new Date(now.getTime() - madeAtMs)), -1)
  return Array.from({ length: daysBack }, (_, n) => addDays(newest, n + 1 - daysBack))
}

/**
 * Reconciles each day once its bill is made, and after a start the days before; a day twice is as once, so each process may.
 */
export function startReconciling(reconciling: Reconciling) {
  const done = new Set<string>()
  let running: Promise<void> | null = null
  const work = async (): Promise<void> => {
    for (const day of daysDue(reconciling.now()).filter(day => !done.has(day))) {
      try {
        await reconcileAll(reconciling, day)
        done.add(day)
      } catch (error) {
        const why =
          error instanceof ProviderFault ? { kind: error.kind, code: error.code } : { reason: (error as Error).name }
        reconciling.log.warn({ ...why, day }, 'a day is reconciled with the payment provider at the next turn')
      }
    }
  }
  const turn = () => {
    running ??= work().finally(() => {
      running = null
    })
  }
  const timer = setInterval(turn, everyMs)
  turn()
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await running
    },
  }
}
