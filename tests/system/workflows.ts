import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client'
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

/** What has become of a case's workflow: RUNNING, COMPLETED, ...; null before it has been started. */
export const statusOfCase = (caseId: string): Promise<string | null> =>
  atTemporal(async client => {
    try {
      return (await client.workflow.getHandle(`development/${caseId.split(':')[1]}`).describe()).status.name
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null
      throw error
    }
  })

/** Ids of the workflows that are open. */
export const openWatches = (): Promise<Set<string>> =>
  atTemporal(async client => {
    const ids = new Set<string>()
    for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
      ids.add(workflowId)
    return ids
  })
