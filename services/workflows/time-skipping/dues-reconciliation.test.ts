import { describe, expect, test } from '@jest/globals'
import { Worker } from '@temporalio/worker'
import { reconcileDues } from '../src/processes/dues-reconciliation/reconcile-dues.ts'
import { type Living, live } from './living.ts'

const days = ['2026-11-26', '2026-11-27', '2026-11-28']

/** The dues service as far as the workflow meets it: what it does there is proved there. */
async function reconciled({ env, taskQueue }: Living, due: readonly string[], look: (day: string) => Promise<void>) {
  const moments: number[] = []
  const worker = await Worker.create({
    ...{ connection: env.nativeConnection, taskQueue: 'dues' },
    activities: {
      daysToReconcile: async () => due,
      reconcileDay: async ({ day }: { day: string }) => {
        moments.push(await env.currentTimeMs())
        await look(day)
        return { committees: 1, newMismatches: 0 }
      },
    },
  })
  const result = await worker.runUntil(() =>
    env.client.workflow.execute(reconcileDues, { workflowId: 'dues-reconciliation', taskQueue, args: [] }),
  )
  // From the first look to the last.
  const minutes = Math.floor(((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / 60_000)
  return { ...result, minutes }
}

describe('S0-6c the morning’s reconciliation', () => {
  test('S0-6c one bill that is not made yet keeps no other day waiting, and is asked for every ten minutes', async () => {
    await live(async living => {
      const asked: string[] = []
      let away = 2
      const found = await reconciled(living, days, async day => {
        asked.push(day)
        if (day === '2026-11-27' && away-- > 0) throw new Error('LATER')
      })
      expect(found).toMatchObject({ reconciled: ['2026-11-26', '2026-11-28', '2026-11-27'], left: [] })
      expect(asked).toEqual([...days, '2026-11-27', '2026-11-27'])
      expect(found.minutes).toBe(20)
    })
  })

  test('S0-6c what cannot be had until the evening is left to the next morning, which looks at a week', async () => {
    await live(async living => {
      let asked = 0
      const found = await reconciled(living, days, async day => {
        if (day !== '2026-11-28') return
        asked += 1
        throw new Error('UNREACHABLE')
      })
      expect(found).toMatchObject({ reconciled: days.slice(0, 2), left: ['2026-11-28'] })
      expect([asked, found.minutes]).toEqual([70, 690])
    })
  })

  test('S0-6c where dues are not taken online there is nothing to do', async () => {
    await live(async living => {
      expect(await reconciled(living, [], async () => undefined)).toMatchObject({
        reconciled: [],
        left: [],
        minutes: 0,
      })
    })
  })
})
