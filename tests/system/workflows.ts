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

/** What has become of a case's or an approval's workflow: RUNNING, COMPLETED, ...; null before it has been started. */
export const statusOfWorkflow = (kind: 'development' | 'approval', id: string): Promise<string | null> =>
  atTemporal(async client => {
    try {
      return (await client.workflow.getHandle(`${kind}/${id.split(':')[1]}`).describe()).status.name
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null
      throw error
    }
  })

export const statusOfCase = (caseId: string): Promise<string | null> => statusOfWorkflow('development', caseId)

/** Ids of the workflows that are open. */
export const openWatches = (): Promise<Set<string>> =>
  atTemporal(async client => {
    const ids = new Set<string>()
    for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
      ids.add(workflowId)
    return ids
  })
