import { dateKey, type RemindedUpTo } from '@linghang/rulebook'
import { defineQuery, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow'
import { afterNews, nextReminders } from '../plan/plan.ts'
import type { TimedWatch } from '../plan/timed-watch.ts'
import { keepTime, remind } from './keep-time.ts'

/** The record has changed: the whole of what is to be watched now. */
export const watchChanged = defineSignal<[TimedWatch]>('watchChanged')
export const watching = defineQuery<{ watch: TimedWatch; remindedUpTo: RemindedUpTo }>('watching')

/**
 * Watches one case or approval until it has ended: reminds on each point of the ladder, every week once overdue. What
 * has been sent is remembered here and, for good, by the reminder's key in the database.
 * @param renew goes on as a new run: at a change of stage, and when the history has become long
 */
export async function keepWatch(
  start: TimedWatch,
  remindedBefore: RemindedUpTo,
  renew: (watch: TimedWatch, remindedUpTo: RemindedUpTo) => Promise<never>,
): Promise<void> {
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
  await keepTime({
    isOpen,
    plan: nowMs => nextReminders(watch, nowMs, remindedUpTo),
    async remindOf({ rule, dueOn, rung, week, on }) {
      const { countyId, subjectId, round, opensAtMinute } = watch
      await remind({ countyId, subjectId, rule, dueOn, rung, week, round, opensAtMinute })
      remindedUpTo = { ...remindedUpTo, [dateKey({ rule, dueOn })]: on }
    },
    hasNews: () => changed,
    takeNote: () => {
      changed = false
    },
    isToBeRenewed: () => isOpen() && (watch.stage !== start.stage || workflowInfo().continueAsNewSuggested),
    renew: () => renew(watch, remindedUpTo),
  })
}
