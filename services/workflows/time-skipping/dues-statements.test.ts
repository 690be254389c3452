import { expect, test } from '@jest/globals'
import { Worker } from '@temporalio/worker'
import { followDuesStatements } from '../src/processes/dues-statements/follow-statements.ts'
import { live } from './living.ts'

test('S3-21 what is to be told of a time that is over is followed county by county, and waits for a database that is away', async () => {
  await live(async ({ env, taskQueue }) => {
    const asked: string[] = []
    let away = 2
    const worker = await Worker.create({
      ...{ connection: env.nativeConnection, taskQueue: 'dues' },
      activities: {
        countiesToBill: async () => ['first', 'second'],
        followStatements: async ({ countyId }: { countyId: string }) => {
          asked.push(countyId)
          if (countyId === 'first' && away-- > 0) throw new Error('the database is away')
          return { changed: 3 }
        },
      },
    })
    const result = await worker.runUntil(() =>
      env.client.workflow.execute(followDuesStatements, { workflowId: 'dues-statements', taskQueue, args: [] }),
    )
    expect(result).toEqual({ counties: 2, changed: 6 })
    expect(asked).toEqual(['first', 'first', 'first', 'second'])
  })
})
