import { randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { termDeadlines } from '@linghang/rulebook'
import { type Watch, workflowIdOf } from '../src/processes/term-of-office/watch.ts'
import { deadlineWatch, watchChanged, watching } from '../src/processes/term-of-office/workflow.ts'
import { reminderMoment } from '../src/time/calendar/office-hours.ts'
import { dayMs, type Living, live, type Sent } from './living.ts'

const start = ({ env, taskQueue }: Living, watch: Watch) =>
  env.client.workflow.start(deadlineWatch, { workflowId: workflowIdOf(watch), taskQueue, args: [watch] })

const watchOf = (deadlines: Watch['deadlines'], version = 1, subjectId: string = randomUUID()): Watch => ({
  subjectId,
  subjectType: 'MEMBER',
  countyId: randomUUID(),
  version,
  deadlines,
})

const inDays = async ({ env }: Living, days: number) =>
  new Date((await env.currentTimeMs()) + days * dayMs).toISOString().slice(0, 10)
const rungsOf = (sent: Sent[]) => sent.map(({ rung }) => rung)

describe('deadlineWatch', () => {
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
        const at = Date.parse(reminder.writtenAt)
        expect(at).toBeGreaterThanOrEqual(reminderMoment(reminder.writtenAt.slice(0, 10)))
        expect(at).toBeLessThan(reminderMoment(reminder.writtenAt.slice(0, 10)) + 3_600_000)
      }
      expect(sent.at(-1)?.writtenAt.slice(0, 10)).toBe(new Date(Date.parse(termEnd) + dayMs).toISOString().slice(0, 10))
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
      await handle.signal(watchChanged, { ...watch, version: 2, deadlines: [] })
      await handle.result()
      expect(sent).toEqual([])
    })
  })
})
