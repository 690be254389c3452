import { describe, expect, test } from '@jest/globals'
import { defaultLadders, termDeadlines } from '@linghang/rulebook'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { reminderMoment } from '../src/time/calendar/office-hours.ts'
import type { Watch } from '../src/time/plan/watch.ts'
import { keepWatch, watchChanged, watching } from '../src/time/watch/keep-watch.ts'
import { watchOf as anyWatch, dayMs, type Living, live, type Sent } from './living.ts'

const start = ({ env, taskQueue }: Living, watch: Watch) =>
  env.client.workflow.start(keepWatch, {
    workflowId: workflowIdOf('TERM_OF_OFFICE', watch.id),
    taskQueue,
    args: [watch],
  })

/** A watch of terms: they are said once on each rung, and do not come back. */
const watchOf = (deadlines: Watch['deadlines']): Watch =>
  anyWatch(deadlines, { comesBack: false, ladders: defaultLadders })

const inDays = async ({ env }: Living, days: number) =>
  new Date((await env.currentTimeMs()) + days * dayMs).toISOString().slice(0, 10)
const rungsOf = (sent: Sent[]) => sent.map(({ rung }) => rung)

describe('S0-38 the workflow of a term', () => {
  test('S0-38 climbs every rung of a term on its day at nine in the morning and reminds once on each', async () => {
    await live(async living => {
      const { env, sent } = living
      const termEnd = await inDays(living, 500)
      const watch = watchOf(termDeadlines({ termEnd }).map(({ rule, dueOn, nature }) => ({ rule, dueOn, nature })))
      const handle = await start(living, watch)
      await handle.query(watching)
      await env.sleep(510 * dayMs)
      expect(rungsOf(sent)).toEqual(['YEAR_AHEAD', 'HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'OVERDUE'])
      for (const reminder of sent) {
        const at = Date.parse(reminder.on)
        expect(at).toBeGreaterThanOrEqual(reminderMoment(reminder.on.slice(0, 10)))
        expect(at).toBeLessThan(reminderMoment(reminder.on.slice(0, 10)) + 3_600_000)
      }
      expect(sent.at(-1)?.on.slice(0, 10)).toBe(new Date(Date.parse(termEnd) + dayMs).toISOString().slice(0, 10))
      await handle.terminate()
    })
  })

  test('S0-38 reminds at once, and once, on the rung that is current when a date is first known, not on those missed', async () => {
    await live(async living => {
      const { env, sent } = living
      const watch = watchOf([{ rule: 'TERM_ENDS', dueOn: await inDays(living, 100), nature: 'LATEST' }])
      const handle = await start(living, watch)
      await handle.query(watching)
      await env.sleep('2 days')
      expect(rungsOf(sent)).toEqual(['HALF_YEAR_AHEAD'])
      await handle.terminate()
    })
  })

  test('S0-38 reminds of a date that has passed long ago once, as overdue', async () => {
    await live(async living => {
      const { env, sent } = living
      const watch = watchOf([{ rule: 'APPLICANT_TALK', dueOn: await inDays(living, -400), nature: 'LATEST' }])
      const handle = await start(living, watch)
      await handle.query(watching)
      await env.sleep('400 days')
      expect(rungsOf(sent)).toEqual(['OVERDUE'])
      await handle.terminate()
    })
  })

  test('S0-38 moves its timer when the register changes a date, and leaves the old date alone', async () => {
    await live(async living => {
      const { env, sent } = living
      const watch = watchOf([{ rule: 'PROBATION_ENDS', dueOn: await inDays(living, 300), nature: 'LATEST' }])
      const handle = await start(living, watch)
      await handle.query(watching)
      await env.sleep('10 days')
      const later = await inDays(living, 700)
      await handle.signal(watchChanged, {
        ...watch,
        version: 2,
        deadlines: [{ rule: 'PROBATION_ENDS', dueOn: later, nature: 'LATEST' }],
      })
      await handle.signal(watchChanged, { ...watch, version: 1, deadlines: [] })
      await env.sleep('400 days')
      expect(sent).toEqual([])
      await env.sleep('310 days')
      expect(sent.map(({ dueOn }) => dueOn)).toEqual([later, later, later, later])
      expect(rungsOf(sent)).toEqual(['HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'OVERDUE'])
      await handle.terminate()
    })
  })

  test('S0-38 ends when a person leaves, and reminds no more', async () => {
    await live(async living => {
      const { sent } = living
      const watch = watchOf([{ rule: 'PROBATION_ENDS', dueOn: await inDays(living, 300), nature: 'LATEST' }])
      const handle = await start(living, watch)
      await handle.query(watching)
      await handle.signal(watchChanged, { ...watch, version: 2, state: 'ENDED', deadlines: [] })
      await handle.result()
      expect(sent).toEqual([])
    })
  })
})
