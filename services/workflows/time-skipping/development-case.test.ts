import { randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import {
  addDays,
  type CaseProgress,
  caseDeadlines,
  caseLadders,
  currentPoint,
  dateKey,
  developmentRules,
  ladderOf,
  type StepKey,
  stageOf,
} from '@linghang/rulebook'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import type { WorkflowHandle } from '@temporalio/client'
import { reminderDay } from '../src/time/calendar/office-hours.ts'
import type { Watch } from '../src/time/plan/watch.ts'
import { keepWatch, watchChanged, watching } from '../src/time/watch/keep-watch.ts'
import { dayMs, earliest, type Living, latest, live, type Sent, watchOf } from './living.ts'

const start = async ({ env, taskQueue }: Living, watch: Watch) => {
  const handle = await env.client.workflow.start(keepWatch, {
    workflowId: workflowIdOf('DEVELOPMENT', watch.id),
    taskQueue,
    args: [watch],
  })
  await handle.query(watching)
  return handle
}
const pointsOf = (sent: Sent[]) => sent.map(({ rung, week }) => `${rung}/${week}`)

type Handle = WorkflowHandle<typeof keepWatch>

/** A case that is signalled on as members would: what is due follows from its progress. */
function lived({ env, today }: Living, handle: Handle, first: Watch, knownOn: string) {
  const rules = developmentRules.at(-1) as (typeof developmentRules)[number]
  let version = first.version
  const shown: { from: string; watch: Watch }[] = []
  let progress: CaseProgress = {
    openStep: 'APPLICANT_TALK',
    doneOn: { APPLICATION: knownOn },
    ...{ activistSince: null, admittedOn: null, probationExtendedTo: null, noticeUntil: null, knownOn },
    ...{ halfYearlyReviews: [], thoughtReports: [], probationReviews: [] },
  }
  const watchNow = (): Watch => {
    const deadlines = caseDeadlines(progress, rules).map(({ rule, dueOn, nature }) => ({ rule, dueOn, nature }))
    const { id, subjectId, countyId } = first
    const stage = stageOf(progress.openStep ?? 'ARCHIVING')
    const state = progress.openStep === null ? 'ENDED' : 'OPEN'
    return watchOf(state === 'OPEN' ? deadlines : [], { id, subjectId, countyId, version, stage, state })
  }
  return {
    first: watchNow(),
    shown,
    begin: () => shown.push({ from: knownOn, watch: watchNow() }),
    async step(openStep: StepKey | null, done: StepKey[], more: Partial<CaseProgress> = {}) {
      const on = await today()
      progress = {
        ...progress,
        ...more,
        openStep,
        doneOn: { ...progress.doneOn, ...Object.fromEntries(done.map(key => [key, on])) },
      }
      version += 1
      const watch = watchNow()
      shown.push({ from: on, watch })
      await handle.signal(watchChanged, watch)
      // A run that gives way to the next answers no query; a second is enough to hear of it.
      if (watch.state === 'OPEN') await env.sleep(1_000)
    },
    progress: () => progress,
  }
}

/** Which reminders the dates shown on each day call for, day by day: counted apart from the workflow and its timers. */
function expectedOf(shown: { from: string; watch: Watch }[], until: string): string[] {
  const seen = new Set<string>()
  const expected: string[] = []
  const lastPoint = new Map<string, string>()
  for (let day = shown[0]?.from as string; day <= until; day = addDays(day, 1)) {
    // What was changed on a day at ten is not yet known at nine.
    for (const { watch } of [
      shown.findLast(({ from }) => from < day),
      ...shown.filter(({ from }) => from === day),
    ].flatMap(one => one ?? [])) {
      for (const deadline of watch.deadlines) {
        const point = currentPoint(deadline.dueOn, day, ladderOf(deadline, caseLadders))
        const key = point && `${dateKey(deadline)}/${point.rung}/${point.week}`
        if (!point || !key || seen.has(key) || point.on <= (lastPoint.get(dateKey(deadline)) ?? '')) continue
        seen.add(key)
        lastPoint.set(dateKey(deadline), point.on)
        expected.push(`${day} ${key}`)
      }
    }
  }
  return expected
}

describe('S0-3 S0-38 the workflow of a development case', () => {
  test('S0-3 S0-38 three years from application to archive: every reminder once, on its day, none after the end', async () => {
    await live(async living => {
      const { sent, today, sleepTo } = living
      const knownOn = await today()
      const seed = watchOf([])
      const plan = lived(living, {} as Handle, seed, knownOn)
      const handle = await start(living, plan.first)
      const life = lived(living, handle, plan.first, knownOn)
      life.begin()
      await sleepTo(addDays(knownOn, 45))
      await life.step('ACTIVIST_DECISION', ['APPLICANT_TALK'])
      await sleepTo(addDays(knownOn, 60))
      const activistSince = await today()
      await life.step('ACTIVIST_FILING', ['ACTIVIST_DECISION'], { activistSince })
      for (const days of [150, 240, 330, 420]) {
        await sleepTo(addDays(knownOn, days))
        const held = await today()
        const { thoughtReports, halfYearlyReviews } = life.progress()
        await life.step('OBSERVATION', ['ACTIVIST_FILING', 'CONTACTS'], {
          thoughtReports: [...thoughtReports, held],
          ...(days % 180 === 60 ? { halfYearlyReviews: [...halfYearlyReviews, held] } : {}),
        })
      }
      await sleepTo(addDays(knownOn, 480))
      await life.step('POLITICAL_REVIEW', ['OBSERVATION', 'CANDIDATE_DECISION', 'CANDIDATE_FILING', 'INTRODUCERS'])
      await sleepTo(addDays(knownOn, 520))
      await life.step('ADMISSION_ASSEMBLY', ['POLITICAL_REVIEW', 'TRAINING', 'COMMITTEE_EXAMINATION', 'PRE_REVIEW'])
      await sleepTo(addDays(knownOn, 540))
      const admittedOn = await today()
      await life.step('ADMISSION_APPROVAL', ['VOLUNTEER_FORM', 'ADMISSION_ASSEMBLY'], { admittedOn })
      await sleepTo(addDays(knownOn, 600))
      await life.step('OATH', ['ADMISSION_APPROVAL', 'ADMISSION_FILING', 'PLACEMENT'])
      await sleepTo(addDays(knownOn, 660))
      await life.step('PROBATION', ['OATH'])
      await sleepTo(addDays(knownOn, 930))
      await life.step('CONVERSION_APPROVAL', ['PROBATION', 'CONVERSION_APPLICATION', 'CONVERSION_ASSEMBLY'])
      await sleepTo(addDays(knownOn, 1_000))
      await life.step('ARCHIVING', ['CONVERSION_APPROVAL'])
      await sleepTo(addDays(knownOn, 1_090))
      await life.step(null, ['ARCHIVING'])
      await handle.result()

      const got = sent.map(
        ({ on, rule, dueOn, rung, week }) => `${reminderDay(Date.parse(on))} ${rule}/${dueOn}/${rung}/${week}`,
      )
      const wanted = expectedOf(life.shown, addDays(knownOn, 1_100))
      expect([...got].sort()).toEqual([...wanted].sort())
      expect(new Set(got).size).toBe(got.length)
      expect(got.length).toBeGreaterThan(30)
      expect(new Set(sent.map(({ rule }) => rule)).size).toBeGreaterThanOrEqual(8)
      expect(got.some(line => /OVERDUE\/[1-9]/.test(line))).toBe(true)
      // What was due when the case was opened goes out at once; all else goes out at nine.
      const hours = new Set(sent.flatMap(({ on }) => (on.slice(0, 10) > knownOn ? [on.slice(11, 13)] : [])))
      expect([...hours]).toEqual(['01'])
    })
  })

  test('S0-38 an overdue date comes back every week, fifty-two times, and then no more', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const dueOn = addDays(await today(), 5)
      const handle = await start(living, watchOf([latest('OATH', dueOn)]))
      await env.sleep(3 * 365 * dayMs)
      expect(pointsOf(sent)).toEqual(['WEEK_AHEAD/0', ...Array.from({ length: 53 }, (_, week) => `OVERDUE/${week}`)])
      for (const { on, week, rung } of sent.slice(1))
        expect([rung, reminderDay(Date.parse(on))]).toEqual(['OVERDUE', addDays(dueOn, 1 + 7 * (week ?? 0))])
      const { status } = await handle.describe()
      expect(status.name).toBe('RUNNING')
      await handle.terminate()
    })
  })

  test('S0-38 cases due on one day write within the hour before, each at its own moment, for when offices open', async () => {
    await live(async living => {
      const { sent, today, sleepTo } = living
      const dueOn = addDays(await today(), 20)
      const tails = ['000000000000', '000040000000', '000080000000', '0000c0000000']
      const ids = tails.map(tail => `${randomUUID().slice(0, 24)}${tail}`)
      const handles = []
      for (const id of ids) handles.push(await start(living, watchOf([latest('OATH', dueOn)], { id, subjectId: id })))
      await sleepTo(addDays(dueOn, -7))
      const of = (id: string) => sent.filter(({ subjectId }) => subjectId === id)
      for (const [n, writtenAt] of ['00:54', '00:40', '00:27', '00:13'].entries())
        expect(of(ids[n] as string).map(one => [one.rung, one.writtenAt.slice(0, 16), one.on.slice(0, 16)])).toEqual([
          [expect.any(String), `${addDays(dueOn, -7)}T${writtenAt}`, `${addDays(dueOn, -7)}T01:00`],
        ])
      for (const handle of handles) await handle.terminate()
    })
  })

  test('S0-38 a change of stage begins a new history and keeps what was sent', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const dueOn = addDays(await today(), 5)
      const first = watchOf([latest('OATH', dueOn)])
      const handle = await start(living, first)
      const runOf = async () => (await handle.describe()).runId
      await env.sleep(dayMs)
      const before = await runOf()
      await handle.signal(watchChanged, { ...first, version: 2 })
      await handle.query(watching)
      expect(await runOf()).toBe(before)
      await handle.signal(watchChanged, { ...first, version: 3, stage: 'PROBATION' })
      await env.sleep(1_000)
      expect(await runOf()).not.toBe(before)
      await env.sleep(2 * dayMs)
      expect(pointsOf(sent)).toEqual(['WEEK_AHEAD/0'])
      await env.sleep(5 * dayMs)
      expect(pointsOf(sent)).toEqual(['WEEK_AHEAD/0', 'OVERDUE/0'])
      const current = env.client.workflow.getHandle(workflowIdOf('DEVELOPMENT', first.id))
      expect((await current.fetchHistory()).events?.length).toBeLessThan(30)
      await current.terminate()
    })
  })

  test('S0-38 an older change that comes late is left out, and a case without a date waits', async () => {
    await live(async living => {
      const { env, sent, today } = living
      const day = await today()
      const first = watchOf([], { version: 5 })
      const handle = await start(living, first)
      await handle.signal(watchChanged, { ...watchOf([latest('OATH', addDays(day, 3))]), ...{ version: 4 } })
      await env.sleep(30 * dayMs)
      expect(sent).toEqual([])
      await handle.signal(watchChanged, {
        ...watchOf([earliest('ACTIVIST_ONE_YEAR', addDays(day, 31))]),
        ...{ id: first.id, version: 6 },
      })
      await env.sleep(30 * dayMs)
      expect(pointsOf(sent)).toEqual(['MONTH_AHEAD/0', 'REACHED/0'])
      await handle.signal(watchChanged, { ...first, version: 7, state: 'ENDED' })
      await handle.result()
    })
  })
})
