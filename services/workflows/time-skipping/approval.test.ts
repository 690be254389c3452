import { describe, expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import type { Watch } from '../src/time/plan/watch.ts'
import { keepWatch, watchChanged, watching } from '../src/time/watch/keep-watch.ts'
import { dayMs, type Living, latest, live, type Sent, watchOf } from './living.ts'

const start = async ({ env, taskQueue }: Living, watch: Watch) => {
  const handle = await env.client.workflow.start(keepWatch, {
    ...{ workflowId: workflowIdOf('APPROVAL', watch.id), taskQueue, args: [watch] as [Watch] },
  })
  await handle.query(watching)
  return handle
}
const pointsOf = (sent: Sent[]) => sent.map(({ rung, week, round }) => `${round}: ${rung}/${week}`)

describe('S0-14 approval', () => {
  test('S0-14 climbs to the week ahead, falls overdue, comes back weekly, and ends when it is decided', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const announcedOn = await today()
      const dueOn = addDays(announcedOn, 30)
      const watch = watchOf([latest('APPROVAL_DUE', dueOn)], { announcedOn })
      const handle = await start(living, watch)
      await env.sleep(20 * dayMs)
      // The month ahead is the day on which it was handed in, and that was said then.
      expect(pointsOf(sent).filter(point => !point.includes('MONTH'))).toEqual([])
      await env.sleep(26 * dayMs)
      expect(pointsOf(sent).slice(-4)).toEqual(['1: WEEK_AHEAD/0', '1: OVERDUE/0', '1: OVERDUE/1', '1: OVERDUE/2'])
      await handle.signal(watchChanged, { ...watch, version: 2, state: 'ENDED', deadlines: [] })
      await handle.result()
      const count = sent.length
      await env.sleep(30 * dayMs)
      expect(sent).toHaveLength(count)
    })
  })

  test.each(['10:00', '08:40', '23:59'])(
    'S0-14 handed in at %s, inside its last week, it says nothing more until it is overdue',
    async time => {
      await live(async living => {
        const { sent, today, sleepTo } = living
        const announcedOn = addDays(await today(), 1)
        await sleepTo(announcedOn, time)
        const watch = watchOf([latest('APPROVAL_DUE', addDays(announcedOn, 5))], { announcedOn })
        const handle = await start(living, watch)
        await sleepTo(addDays(announcedOn, 5), '23:59')
        expect(sent).toEqual([])
        await sleepTo(addDays(announcedOn, 6))
        expect(pointsOf(sent)).toEqual(['1: OVERDUE/0'])
        await handle.terminate()
      })
    },
  )

  test('S0-14 handed in again with the same due date it is reminded of anew, in its second round', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const announcedOn = await today()
      const dueOn = addDays(announcedOn, 10)
      const watch = watchOf([latest('APPROVAL_DUE', dueOn)], { announcedOn })
      const first = await start(living, watch)
      await env.sleep(4 * dayMs)
      await first.signal(watchChanged, { ...watch, version: 2, state: 'ENDED', deadlines: [] })
      // Asking for the result would let time run on to the next timer.
      await until(async () => (await first.describe()).status.name === 'COMPLETED')
      const again = { ...watch, version: 3, round: 2, announcedOn: await today() }
      const second = await start(living, again)
      await env.sleep(8 * dayMs)
      await until(() => sent.length >= 2, 10_000, 'the second reminder')
      expect(pointsOf(sent)).toEqual(['1: WEEK_AHEAD/0', '2: OVERDUE/0'])
      await second.terminate()
    })
  })
})
