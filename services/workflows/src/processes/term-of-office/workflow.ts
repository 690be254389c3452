import { reminderKey } from '@linghang/rulebook'
import { continueAsNew, defineQuery, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow'
import { keepTime, remind } from '../../time/watch/keep-time.ts'
import { nextSteps } from './plan.ts'
import type { Watch } from './watch.ts'

/** The register has changed: the whole of what is to be watched now. */
export const watchChanged = defineSignal<[Watch]>('watchChanged')
export const watching = defineQuery<{ watch: Watch; sent: string[] }>('watching')

/**
 * Watches the term of one organisation (and, until there were cases, one person): reminds once on each rung of the
 * ladder, ends when nothing is left to wait for. What has been sent is remembered here and, for good, by the reminder's
 * key in the database.
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
  await keepTime({
    isOpen: () => watch.deadlines.length > 0,
    plan: nowMs => nextSteps(watch.deadlines, nowMs, sent),
    async remindOf(due) {
      await remind({ countyId: watch.countyId, subjectId: watch.subjectId, ...due })
      sent.add(reminderKey(due, due.rung))
    },
    hasNews: () => changed,
    takeNote: () => {
      changed = false
    },
    isToBeRenewed: () => workflowInfo().continueAsNewSuggested,
    renew: () => continueAsNew<typeof deadlineWatch>(watch, [...sent]),
  })
}
