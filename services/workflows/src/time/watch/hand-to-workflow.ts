import { workflowIdOf } from '@linghang/temporal/workflow-id'
import type { Client } from '@temporalio/client'
import { firstReminderMs } from '../plan/plan.ts'
import type { Watch } from '../plan/watch.ts'
import { keepWatch, watchChanged } from './keep-watch.ts'

/** One queue for every workflow of this service. */
export const taskQueue = 'deadlines'

type Handing = {
  kind: string
  watch: Watch
  /** Until when its workflow sleeps at most (null: it is awake, or has ended); null while it was never handed over. */
  known: { sleepsUntilMs: number | null } | null
  nowMs: number
}

/**
 * Hands a watch as it stands now over to its workflow, which is begun where there is none. One whose first reminder lies
 * ahead begins asleep: Temporal gives it no task before that moment. A signal alone lets it sleep and is read when it
 * wakes; a signal with a start wakes it. So a change that brings nothing nearer costs one call and no task, what is due
 * earlier wakes it to plan anew, and what has ended wakes it to end. What nothing is due of, or has ended, begins no workflow.
 * @returns until when its workflow sleeps now at most; null: it is awake, or there is none
 */
export async function handToWorkflow(client: Client, { kind, watch, known, nowMs }: Handing): Promise<number | null> {
  const workflowId = workflowIdOf(kind, watch.id)
  const isOpen = watch.state === 'OPEN'
  const firstAtMs = isOpen ? firstReminderMs(watch, nowMs) : null
  const sleepsUntilMs = known?.sleepsUntilMs ?? null
  const isWoken = isOpen ? firstAtMs !== null && firstAtMs < (sleepsUntilMs ?? Infinity) : sleepsUntilMs !== null
  if (!isWoken) {
    const signalled = client.workflow.getHandle(workflowId).signal(watchChanged, watch)
    const isThere = await unless('WorkflowNotFoundError', signalled)
    // There is one that nobody has noted, since a worker was killed: it may be asleep, and is woken to end.
    if (isThere && (isOpen || known !== null)) return sleepsUntilMs
    if (!isThere && firstAtMs === null) return null
  }
  const delayMs = Math.max(0, (firstAtMs ?? nowMs) - nowMs)
  const beginning = {
    taskQueue,
    workflowId,
    // What has ended may begin again, handed in anew.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    args: [watch] as [Watch],
    ...(delayMs > 0 ? { startDelay: delayMs } : {}),
  }
  const begun = known === null && isOpen && client.workflow.start(keepWatch, beginning)
  // There is one: a worker was killed before it could note that it had begun it.
  if (!begun || !(await unless('WorkflowExecutionAlreadyStartedError', begun)))
    await client.workflow.signalWithStart(keepWatch, { ...beginning, signal: watchChanged, signalArgs: [watch] })
  return delayMs > 0 ? firstAtMs : null
}

/** @returns false when the call failed so */
async function unless(fault: string, call: Promise<unknown>): Promise<boolean> {
  try {
    await call
    return true
  } catch (error) {
    if (error instanceof Error && error.name === fault) return false
    throw error
  }
}
