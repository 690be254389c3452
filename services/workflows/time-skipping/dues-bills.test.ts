import { describe, expect, test } from '@jest/globals'
import { Worker } from '@temporalio/worker'
import { billDues } from '../src/processes/dues-bills/bill-dues.ts'
import { type Living, live } from './living.ts'

const counties = ['first', 'second', 'third']

/** The dues service as far as the workflow meets it: what it does there is proved there. */
async function withDues<T>({ env }: Living, billCounty: (countyId: string) => Promise<number>, run: () => Promise<T>) {
  const worker = await Worker.create({
    ...{ connection: env.nativeConnection, taskQueue: 'dues' },
    activities: {
      countiesToBill: async () => counties,
      billCounty: async ({ countyId }: { countyId: string }) => ({ made: await billCounty(countyId) }),
    },
  })
  return worker.runUntil(run)
}

describe('S3-5 the night’s bills', () => {
  test('S3-5 go through all counties, one after the other, and wait for a database that is away', async () => {
    await live(async living => {
      const asked: string[] = []
      let away = 3
      const bill = async (countyId: string) => {
        asked.push(countyId)
        if (countyId === 'second' && away-- > 0) throw new Error('the database is away')
        return 10
      }
      const { env, taskQueue } = living
      const result = await withDues(living, bill, () =>
        env.client.workflow.execute(billDues, { workflowId: 'dues-bills', taskQueue, args: [] }),
      )
      expect(result).toEqual({ counties: 3, made: 30 })
      expect(asked).toEqual(['first', 'second', 'second', 'second', 'second', 'third'])
    })
  })
})
