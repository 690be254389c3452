import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { Cell } from './cell.ts'
import { inDatabase } from './session.ts'

const atOnce = 500
const together = 20

/**
 * Ends the workflows that watch something of the county: its dates are kept in the other cell now.
 * @returns how many were there
 */
export const endWorkflows = (cell: Cell, client: Client, countyId: string): Promise<number> =>
  inDatabase(cell, 'workflows', async database => {
    let count = 0
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await database.query<{ id: string; kind: string }>(
        `select id, kind from watch where county_id = $1 and id > $2 order by id limit ${atOnce}`,
        [countyId, after],
      )
      const left = [...rows]
      const one = async () => {
        for (let next = left.shift(); next; next = left.shift())
          if (await end(client, workflowIdOf(next.kind, next.id))) count += 1
      }
      await Promise.all(Array.from({ length: together }, one))
      if (rows.length < atOnce) return count
      after = rows.at(-1)?.id ?? after
    }
  })

const end = (client: Client, workflowId: string): Promise<boolean> =>
  client.workflow
    .getHandle(workflowId)
    .terminate('the county has moved')
    .then(
      () => true,
      error => {
        if (error instanceof WorkflowNotFoundError) return false
        throw error
      },
    )
