import { handToWorkflow } from '../../time/watch/hand-to-workflow.ts'
import type { Keeper } from '../../time/watch/keeper.ts'
import { nextSteps } from './plan.ts'
import { type Watch, workflowIdOf } from './watch.ts'
import { deadlineWatch, watchChanged } from './workflow.ts'

/** @param subjectType of a person only where a roster told of their dates before there were cases */
export const termKeeper = (subjectType: Watch['subjectType']): Keeper => ({
  workflow: deadlineWatch.name,
  take(client, { subjectId, countyId, version, deadlines, sleepsUntil }, _, nowMs) {
    const watch: Watch = { subjectId, subjectType, countyId, version, deadlines }
    const { remindNow, waitMs } = nextSteps(deadlines, nowMs, new Set())
    return handToWorkflow(client, {
      ...{ workflow: deadlineWatch, watch, nowMs, changed: watchChanged, workflowId: workflowIdOf(watch) },
      isOpen: deadlines.length > 0,
      firstAtMs: remindNow.length > 0 ? nowMs : waitMs === null ? null : nowMs + waitMs,
      sleepsUntilMs: sleepsUntil?.getTime() ?? null,
    })
  },
})
