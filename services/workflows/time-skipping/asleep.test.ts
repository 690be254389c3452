import { describe, expect, test } from '@jest/globals'
import { addDays } from '@linghang/rulebook'
import { until } from '../../../tests/harness/until.ts'
import { caseWorkflowId } from '../src/processes/development/watch.ts'
import { developmentCase } from '../src/processes/development/workflow.ts'
import { reminderDay } from '../src/time/calendar/office-hours.ts'
import { firstReminderMs } from '../src/time/plan/plan.ts'
import type { TimedWatch } from '../src/time/plan/timed-watch.ts'
import { handToWorkflow } from '../src/time/watch/hand-to-workflow.ts'
import { watchChanged } from '../src/time/watch/keep-watch.ts'
import { dayMs, type Living, latest, live, liveWithoutWorker, type Sent, watchOf } from './living.ts'

/** As the worker hands a watch over. */
async function hand({ env }: Living, watch: TimedWatch, sleepsUntilMs: number | null = null): Promise<number | null> {
  const nowMs = await env.currentTimeMs()
  return handToWorkflow(env.client, {
    ...{ workflow: developmentCase, workflowId: caseWorkflowId(watch.id), changed: watchChanged, watch },
    ...{ isOpen: watch.state === 'OPEN', firstAtMs: firstReminderMs(watch, nowMs), sleepsUntilMs, nowMs },
  })
}
const handleOf = ({ env }: Living, { id }: TimedWatch) => env.client.workflow.getHandle(caseWorkflowId(id))
const tasksOf = async (living: Living, watch: TimedWatch) =>
  ((await handleOf(living, watch).fetchHistory()).events ?? []).filter(
    event => event.workflowTaskScheduledEventAttributes,
  ).length
const statusOf = async (living: Living, watch: TimedWatch) => (await handleOf(living, watch).describe()).status.name
const pointsOf = (sent: Sent[]) =>
  sent.map(({ on, dueOn, rung, week }) => `${reminderDay(Date.parse(on))} ${dueOn} ${rung}/${week}`)

describe('S0-38 a watch whose first reminder lies ahead', () => {
  test('S0-38 begins asleep: no task before the day, then every reminder once, on its day', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const dueOn = addDays(await today(), 60)
      const watch = watchOf([latest('OATH', dueOn)])
      const sleepsUntilMs = await hand(living, watch)
      expect(reminderDay(sleepsUntilMs as number)).toBe(addDays(dueOn, -8))
      await env.sleep(50 * dayMs)
      expect([await tasksOf(living, watch), sent]).toEqual([0, []])
      await env.sleep(20 * dayMs)
      expect(pointsOf(sent)).toEqual([
        `${addDays(dueOn, -7)} ${dueOn} WEEK_AHEAD/0`,
        `${addDays(dueOn, 1)} ${dueOn} OVERDUE/0`,
        `${addDays(dueOn, 8)} ${dueOn} OVERDUE/1`,
      ])
      await handleOf(living, watch).terminate()
    })
  })

  test('S0-38 whose date moves away sleeps on, and reminds of the new date alone', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const day = await today()
      const watch = watchOf([latest('OATH', addDays(day, 60))])
      const sleepsUntilMs = await hand(living, watch)
      await env.sleep(10 * dayMs)
      const dueOn = addDays(day, 100)
      const moved = { ...watchOf([latest('OATH', dueOn)], { id: watch.id }), version: 2 }
      expect(await hand(living, moved, sleepsUntilMs)).toBe(sleepsUntilMs)
      await env.sleep(20 * dayMs)
      expect(await tasksOf(living, watch)).toBe(0)
      await env.sleep(65 * dayMs)
      expect(pointsOf(sent)).toEqual([`${addDays(dueOn, -7)} ${dueOn} WEEK_AHEAD/0`])
      await handleOf(living, watch).terminate()
    })
  })

  test('S0-38 whose date comes nearer wakes, and reminds on the nearer day', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const day = await today()
      const watch = watchOf([latest('OATH', addDays(day, 60))])
      const sleepsUntilMs = await hand(living, watch)
      await env.sleep(10 * dayMs)
      const dueOn = addDays(day, 30)
      await hand(living, { ...watchOf([latest('OATH', dueOn)], { id: watch.id }), version: 2 }, sleepsUntilMs)
      await until(async () => (await tasksOf(living, watch)) === 1)
      await env.sleep(15 * dayMs)
      expect(pointsOf(sent)).toEqual([`${addDays(dueOn, -7)} ${dueOn} WEEK_AHEAD/0`])
      await handleOf(living, watch).terminate()
    })
  })

  test('S0-38 that ends while it sleeps is over at once, and reminds of nothing', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const watch = watchOf([latest('OATH', addDays(await today(), 60))])
      const sleepsUntilMs = await hand(living, watch)
      await env.sleep(10 * dayMs)
      await hand(living, { ...watch, version: 2, state: 'ENDED', deadlines: [] }, sleepsUntilMs)
      await until(async () => (await statusOf(living, watch)) === 'COMPLETED')
      await env.sleep(100 * dayMs)
      expect(sent).toEqual([])
    })
  })

  test('S0-14 that ends and is handed in again while it sleeps is reminded of in its second round', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const dueOn = addDays(await today(), 60)
      const watch = watchOf([latest('APPROVAL_DUE', dueOn)])
      const first = await hand(living, watch)
      await env.sleep(10 * dayMs)
      const ended = await hand(living, { ...watch, version: 2, state: 'ENDED', deadlines: [] }, first)
      await until(async () => (await statusOf(living, watch)) === 'COMPLETED')
      await hand(living, { ...watch, version: 3, round: 2 }, ended)
      expect(await tasksOf(living, watch)).toBe(0)
      await env.sleep(25 * dayMs)
      expect(sent.map(({ rung, round }) => `${round}: ${rung}`)).toEqual(['2: MONTH_AHEAD'])
      await handleOf(living, watch).terminate()
    })
  })

  test('S0-38 of which nothing is due any longer sleeps on and stays silent, and learns of a new date', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const day = await today()
      const watch = watchOf([latest('OATH', addDays(day, 60))])
      const sleepsUntilMs = await hand(living, watch)
      const none = await hand(living, { ...watchOf([], { id: watch.id }), version: 2 }, sleepsUntilMs)
      expect(none).toBe(sleepsUntilMs)
      await env.sleep(60 * dayMs)
      expect(sent).toEqual([])
      const dueOn = addDays(day, 80)
      await hand(living, { ...watchOf([latest('OATH', dueOn)], { id: watch.id }), version: 3 }, none)
      await env.sleep(15 * dayMs)
      expect(pointsOf(sent)).toEqual([`${addDays(dueOn, -7)} ${dueOn} WEEK_AHEAD/0`])
      await handleOf(living, watch).terminate()
    })
  })

  test('S0-38 without a date begins no workflow, and is begun when it has one', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const watch = watchOf([])
      expect(await hand(living, watch)).toBe(null)
      await expect(handleOf(living, watch).describe()).rejects.toThrow()
      const dueOn = addDays(await today(), 20)
      await hand(living, { ...watchOf([latest('OATH', dueOn)], { id: watch.id }), version: 2 })
      await env.sleep(15 * dayMs)
      expect(pointsOf(sent)).toEqual([`${addDays(dueOn, -7)} ${dueOn} WEEK_AHEAD/0`])
      await handleOf(living, watch).terminate()
    })
  })

  test('S0-38 handed over twice, because a worker was killed in between, or begun anew after its workflow was ended, reminds once', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const dueOn = addDays(await today(), 20)
      const watch = watchOf([latest('OATH', dueOn)])
      await hand(living, watch)
      const sleepsUntilMs = await hand(living, watch)
      await handleOf(living, watch).terminate()
      expect(await hand(living, watch, sleepsUntilMs)).toBe(sleepsUntilMs)
      await env.sleep(15 * dayMs)
      expect(pointsOf(sent)).toEqual([`${addDays(dueOn, -7)} ${dueOn} WEEK_AHEAD/0`])
      await handleOf(living, watch).terminate()
    })
  })

  test('S0-38 whose first moment passes while no worker is there is reminded of once, late, and then on its days', async () => {
    await liveWithoutWorker(async living => {
      const { env, sent, today, working } = living
      const dueOn = addDays(await today(), 20)
      const watch = watchOf([latest('OATH', dueOn)])
      await hand(living, watch)
      await env.sleep(16 * dayMs)
      expect(sent).toEqual([])
      await working(async () => {
        await until(() => sent.length > 0, 20_000, 'the late reminder')
        await env.sleep(6 * dayMs)
      })
      expect(sent.map(({ rung, week }) => `${rung}/${week}`)).toEqual(['WEEK_AHEAD/0', 'OVERDUE/0'])
      await handleOf(living, watch).terminate()
    })
  })

  test('S0-38 whose date is today or past begins awake', async () => {
    await live(async living => {
      const { sent, today } = living
      const watch = watchOf([latest('OATH', addDays(await today(), -3))])
      expect(await hand(living, watch)).toBe(null)
      await until(() => sent.length === 1, 20_000, 'the reminder')
      await handleOf(living, watch).terminate()
    })
  })
})
