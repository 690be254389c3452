import { ActivityFailure, proxyActivities, sleep } from '@temporalio/workflow'

/** What the dues service does from its own task queue. */
type DuesActivities = {
  daysToReconcile(): Promise<string[]>
  reconcileDay(of: { day: string }): Promise<{ committees: number; newMismatches: number }>
}
const { daysToReconcile } = proxyActivities<Pick<DuesActivities, 'daysToReconcile'>>({
  taskQueue: 'dues',
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
})
const { reconcileDay } = proxyActivities<Pick<DuesActivities, 'reconcileDay'>>({
  taskQueue: 'dues',
  startToCloseTimeout: '1 hour',
  // Whoever is silent for longer than this is gone; a day that was broken off is done again, without effect on what is done.
  heartbeatTimeout: '90 seconds',
  // One bill that cannot be had keeps no other day waiting: it is asked for again at the next turn.
  retry: { maximumAttempts: 1 },
})

const turnEvery = '10 minutes'
/** From a quarter past ten until late in the evening; the next morning looks at a week again. */
const turnsAtMost = 70

async function isReconciled(day: string): Promise<boolean> {
  try {
    await reconcileDay({ day })
    return true
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return false
  }
}

/**
 * Holds the bills that the payment provider has made by this morning against our orders, day by day (对账); what cannot be
 * had yet is asked for every ten minutes.
 */
export async function reconcileDues(): Promise<{ reconciled: string[]; left: string[] }> {
  const reconciled: string[] = []
  let left = await daysToReconcile()
  for (let turn = 0; left.length > 0 && turn < turnsAtMost; turn += 1) {
    if (turn > 0) await sleep(turnEvery)
    const later: string[] = []
    for (const day of left) (await isReconciled(day)) ? reconciled.push(day) : later.push(day)
    left = later
  }
  return { reconciled, left }
}
