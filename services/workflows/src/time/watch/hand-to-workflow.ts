import type { Client } from '@temporalio/client'
import type { SignalDefinition } from '@temporalio/common'

/** One queue for every workflow of this service. */
export const taskQueue = 'deadlines'

type Handing<Watch> = {
  workflow: (start: Watch) => Promise<void>
  workflowId: string
  changed: SignalDefinition<[Watch]>
  watch: Watch
  isOpen: boolean
  /** The moment of its first reminder, now or ahead; null while nothing is due. */
  firstAtMs: number | null
  /** The moment until which its workflow sleeps at most, as far as is known. */
  sleepsUntilMs: number | null
  nowMs: number
}

/**
 * Hands a watch as it stands now over to its workflow, which is begun where there is none. One whose first reminder lies
 * ahead begins asleep: Temporal gives it no task before that moment. A signal alone lets it sleep and is read when it
 * wakes; a signal with a start wakes it. So a change that brings nothing nearer costs one call and no task, what is due
 * earlier wakes it to plan anew, and what has ended wakes it to end. What nothing is due of begins no workflow.
 * @returns until when its workflow sleeps now at most; null: it is awake, or there is none
 */
export async function handToWorkflow<Watch>(client: Client, handing: Handing<Watch>): Promise<number | null> {
  const { workflow, workflowId, changed, watch, isOpen, firstAtMs, sleepsUntilMs, nowMs } = handing
  if (isOpen && (firstAtMs === null || (sleepsUntilMs !== null && firstAtMs >= sleepsUntilMs))) {
    if (await isSignalled(client, handing)) return sleepsUntilMs
    if (firstAtMs === null) return null
  }
  const delayMs = isOpen ? Math.max(0, (firstAtMs ?? nowMs) - nowMs) : 0
  await client.workflow.signalWithStart(workflow as (start: Watch) => Promise<void>, {
    taskQueue,
    workflowId,
    // What has ended may begin again, handed in anew.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [watch],
    signal: changed,
    signalArgs: [watch],
    ...(delayMs > 0 ? { startDelay: delayMs } : {}),
  })
  return delayMs > 0 ? firstAtMs : null
}

/** @returns whether there was a workflow to signal */
async function isSignalled<Watch>(client: Client, { workflowId, changed, watch }: Handing<Watch>): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal(changed, watch)
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowNotFoundError') return false
    throw error
  }
}
