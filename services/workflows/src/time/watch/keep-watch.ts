import { dateKey, type RemindedUpTo } from '@linghang/rulebook'
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
import { afterNews, nextReminders } from '../plan/plan.ts'
import type { DueReminder, Watch } from '../plan/watch.ts'

/** What the workflow may do to the world; the worker says how it is done. */
export type Activities = { remind(due: DueReminder): Promise<void> }

// A reminder is not given up while its database is away: tried for a month, then the workflow fails visibly.
const { remind } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '30 days',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
})

/** The record has changed: the whole of what is to be watched now. */
export const watchChanged = defineSignal<[Watch]>('watchChanged')
export const watching = defineQuery<{ watch: Watch; remindedUpTo: RemindedUpTo }>('watching')

/**
 * Keeps the time of one watch until it has ended, whatever is watched: reminds of what is due, sleeps until the next
 * point of a ladder, looks again on news. What has been sent is remembered here and, for good, by the reminder's key in
 * the database. It goes on as a new run with an empty history at a change of stage, and when the history has become long.
 */
export async function keepWatch(start: Watch, remindedBefore: RemindedUpTo = {}): Promise<void> {
  let watch = start
  let remindedUpTo = remindedBefore
  let changed = false
  setHandler(watching, () => ({ watch, remindedUpTo }))
  setHandler(watchChanged, next => {
    const news = afterNews(watch, remindedUpTo, next)
    if (news === null) return
    watch = news.watch
    remindedUpTo = news.remindedUpTo
    changed = true
  })
  const isOpen = () => watch.state === 'OPEN'
  while (isOpen()) {
    changed = false
    const { remindNow, waitMs } = nextReminders(watch, Date.now(), remindedUpTo)
    for (const { rule, dueOn, rung, week, on } of remindNow) {
      const { countyId, subjectId, round, opensAtMinute } = watch
      await remind({ countyId, subjectId, rule, dueOn, rung, week, round, opensAtMinute })
      remindedUpTo = { ...remindedUpTo, [dateKey({ rule, dueOn })]: on }
    }
    if (waitMs === null) await condition(() => changed)
    else if (waitMs > 0) await condition(() => changed, waitMs)
    if (isOpen() && (watch.stage !== start.stage || workflowInfo().continueAsNewSuggested)) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof keepWatch>(watch, remindedUpTo)
    }
  }
}
