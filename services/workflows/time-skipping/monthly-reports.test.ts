import { describe, expect, test } from '@jest/globals'
import { Worker } from '@temporalio/worker'
import { reportMonth } from '../src/processes/monthly-reports/report-month.ts'
import { live } from './living.ts'

const counties = ['first', 'second', 'third']

describe('S1-9 the month’s reports', () => {
  test('S1-9 go through the counties that decided on them, and wait for a database that is away', async () => {
    await live(async ({ env, taskQueue }) => {
      const asked: string[] = []
      let away = 3
      // The assessment service as far as the workflow meets it: what it does there is proved there.
      const service = await Worker.create({
        ...{ connection: env.nativeConnection, taskQueue: 'assessment' },
        activities: {
          countiesToReport: async () => counties,
          reportCounty: async ({ countyId }: { countyId: string }) => {
            asked.push(countyId)
            if (countyId === 'second' && away-- > 0) throw new Error('the database is away')
            return { made: 10 }
          },
        },
      })
      const result = await service.runUntil(() =>
        env.client.workflow.execute(reportMonth, { workflowId: 'monthly-reports', taskQueue, args: [] }),
      )
      expect(result).toEqual({ counties: 3, made: 30 })
      expect(asked).toEqual(['first', 'second', 'second', 'second', 'second', 'third'])
    })
  })
})
