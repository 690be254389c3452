import { Client, Connection } from '@temporalio/client'
import { surroundings } from './surroundings.ts'

/** Temporal as this run has it, closed after `work`. */
export async function atTemporal<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const { temporalAddress, temporalNamespace } = surroundings()
  const connection = await Connection.connect({ address: temporalAddress })
  try {
    return await work(new Client({ connection, namespace: temporalNamespace }))
  } finally {
    await connection.close()
  }
}

/** What has become of the workflow that watches somebody: RUNNING, COMPLETED, ... */
export const statusOfWatch = (subjectType: 'member' | 'organisation', id: string): Promise<string> =>
  atTemporal(async client => {
    const uuid = id.slice(id.indexOf(':') + 1)
    return (await client.workflow.getHandle(`deadlines/${subjectType}/${uuid}`).describe()).status.name
  })

/** Ids of the workflows that are open. */
export const openWatches = (): Promise<Set<string>> =>
  atTemporal(async client => {
    const ids = new Set<string>()
    for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
      ids.add(workflowId)
    return ids
  })
