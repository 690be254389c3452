import { describe, expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { reminderDay } from '../src/time/calendar/office-hours.ts'
import type { Watch } from '../src/time/plan/watch.ts'
import { handToWorkflow } from '../src/time/watch/hand-to-workflow.ts'
import { watching } from '../src/time/watch/keep-watch.ts'
import { dayMs, type Living, latest, live, type Sent, watchOf } from './living.ts'

/** As the worker hands a watch over; where `sleepsUntilMs` is left out, for the first time. */
async function hand({ env }: Living, watch: Watch, sleepsUntilMs?: number | null): Promise<number | null> {
  const nowMs = await env.currentTimeMs()
  return handToWorkflow(env.client, {
    kind: 'DEVELOPMENT',
    watch,
    known: sleepsUntilMs === undefined ? null : { sleepsUntilMs },
    nowMs,
  })
}
const handleOf = ({ env }: Living, { id }: Watch) => env.client.workflow.getHandle(workflowIdOf('DEVELOPMENT', id))
const tasksOf = async (living: Living, watch: Watch) =>
  ((await handleOf(living, watch).fetchHistory()).events ?? []).filter(
    event => event.workflowTaskScheduledEventAttributes,
  ).length
const statusOf = async (living: Living, watch: Watch) => (await handleOf(living, watch).describe()).status.name
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
      await env.sleep(85 * dayMs)
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
      await until(async () => (await tasksOf(living, watch)) >= 1)
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
      await hand(living, { ...watchOf([latest('OATH', dueOn)], { id: watch.id }), version: 2 }, null)
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
      await handleOf(living, watch).query(watching)
      await handleOf(living, watch).terminate()
      expect(await hand(living, watch, sleepsUntilMs)).toBe(sleepsUntilMs)
      await env.sleep(15 * dayMs)
      expect(pointsOf(sent)).toEqual([`${addDays(dueOn, -7)} ${dueOn} WEEK_AHEAD/0`])
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
