import type { Client } from '@temporalio/client'

/** How many open workflows were written with a payload key, and which of them has been open for longest. */
export type KeyInUse = { workflows: number; oldest: { workflowId: string; startedAt: Date } }

const atOnceUnlessTold = 8

/**
 * Which keys the histories of open workflows need. A workflow goes on only as long as all of its history can be read, so
 * a key may go once no open workflow needs it. No key is needed for looking: each payload names its own.
 * @param client without a codec
 */
export async function payloadKeysInUse(client: Client, atOnce = atOnceUnlessTold): Promise<Map<string, KeyInUse>> {
  const found = new Map<string, KeyInUse>()
  const open = client.workflow.list({ query: 'ExecutionStatus = "Running"', pageSize: 200 })[Symbol.asyncIterator]()
  const look = async (): Promise<void> => {
    for (let next = await open.next(); !next.done; next = await open.next()) {
      const { workflowId, runId, startTime } = next.value
      for (const id of await keysOf(client, workflowId, runId)) {
        const { workflows, oldest } = found.get(id) ?? { workflows: 0, oldest: { workflowId, startedAt: startTime } }
        const older = startTime < oldest.startedAt ? { workflowId, startedAt: startTime } : oldest
        found.set(id, { workflows: workflows + 1, oldest: older })
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, look))
  return found
}

async function keysOf(client: Client, workflowId: string, runId: string): Promise<Set<string>> {
  const ids = new Set<string>()
  try {
    collect(await client.workflow.getHandle(workflowId, runId).fetchHistory(), ids)
  } catch (error) {
    // It has ended between the list and the look.
    if ((error as Error).name !== 'WorkflowNotFoundError') throw error
  }
  return ids
}

/** Payloads stand at many places of a history: each is known by the id that it carries. */
function collect(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
  for (const [name, within] of Object.entries(value))
    if (name === 'key-id' && within instanceof Uint8Array) ids.add(Buffer.from(within).toString())
    else collect(within, ids)
}
