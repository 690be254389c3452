import { reminderKey } from '@linghang/rulebook'
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { Activities } from './activities.ts'
import { nextSteps } from './plan.ts'
import type { Watch } from './watch.ts'

/** The register has changed: the whole of what is to be watched now. */
export const watchChanged = defineSignal<[Watch]>('watchChanged')
export const watching = defineQuery<{ watch: Watch; sent: string[] }>('watching')

// A reminder is not given up while its database is away: tried for a month, then the workflow fails visibly.
const { remind } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '30 days',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
})

/**
 * Watches one person or organisation: reminds on each rung of the ladder, sleeps until the next, ends when nothing is
 * left to wait for. What has been sent is remembered here and, for good, by the reminder's key in the database.
 */
export async function deadlineWatch(start: Watch, sentBefore: string[] = []): Promise<void> {
  let watch = start
  let changed = false
  const sent = new Set(sentBefore)
  setHandler(watching, () => ({ watch, sent: [...sent] }))
  setHandler(watchChanged, next => {
    if (next.version <= watch.version) return
    watch = next
    changed = true
  })
  while (watch.deadlines.length > 0) {
    changed = false
    const { remindNow, waitMs } = nextSteps(watch.deadlines, Date.now(), sent)
    for (const due of remindNow) {
      await remind({ countyId: watch.countyId, subjectId: watch.subjectId, ...due })
      sent.add(reminderKey(due, due.rung))
    }
    if (waitMs === null) await condition(() => changed)
    else if (waitMs > 0) await condition(() => changed, waitMs)
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof deadlineWatch>(watch, [...sent])
    }
  }
}
