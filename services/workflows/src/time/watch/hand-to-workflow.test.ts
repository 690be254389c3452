import { expect, test } from '@jest/globals'
import { addDays, caseLadders, dateKey, type RemindedUpTo } from '@linghang/rulebook'
import type { Client } from '@temporalio/client'
import fc from 'fast-check'
import { afterNews, nextReminders } from '../plan/plan.ts'
import type { Watch } from '../plan/watch.ts'
import { handToWorkflow } from './hand-to-workflow.ts'

const beginMs = Date.parse('2027-01-01T02:00:00Z')
const hourMs = 3_600_000

type Run = { watch: Watch; upTo: RemindedUpTo; news: Watch[]; sleepsUntilMs: number | null; nextAtMs: number | null }
type Begin = { args: [Watch]; startDelay?: number }
const named = (name: string) => Object.assign(new Error(name), { name })

/**
 * Temporal as it is documented, with one workflow: a delay holds its first task back, a signal with a start ends it, a
 * signal alone does not.
 * @param delays false: whoever begins is awake at once, which is what all else is held against
 */
function createTemporal(delays: boolean) {
  const sent: string[] = []
  let tasks = 0
  let begunToEnd = 0
  let nowMs = beginMs
  let run: Run | null = null
  const work = (current: Run) => {
    tasks += 1
    current.sleepsUntilMs = null
    for (const next of current.news.splice(0)) {
      const news = afterNews(current.watch, current.upTo, next)
      if (news) Object.assign(current, { watch: news.watch, upTo: news.remindedUpTo })
    }
    if (current.watch.state === 'ENDED') {
      run = null
      return
    }
    const { remindNow, waitMs } = nextReminders(current.watch, nowMs, current.upTo)
    for (const { rule, dueOn, rung, week, on } of remindNow) {
      sent.push(`${new Date(nowMs).toISOString()} ${current.watch.round}: ${rule} ${dueOn} ${rung}/${week}`)
      current.upTo = { ...current.upTo, [dateKey({ rule, dueOn })]: on }
    }
    current.nextAtMs = waitMs === null ? null : nowMs + waitMs
  }
  const begin = ({ args: [watch], startDelay = 0 }: Begin) => {
    const asleep = delays && startDelay > 0
    if (watch.state === 'ENDED') begunToEnd += 1
    run = { watch, upTo: {}, news: [], sleepsUntilMs: asleep ? nowMs + startDelay : null, nextAtMs: null }
    if (!asleep) work(run)
  }
  const signal = (news: Watch, wakes: boolean) => {
    run?.news.push(news)
    if (run && (wakes || run.sleepsUntilMs === null)) work(run)
  }
  const client = {
    workflow: {
      getHandle: () => ({
        async signal(_: unknown, news: Watch) {
          if (!run) throw named('WorkflowNotFoundError')
          signal(news, false)
        },
      }),
      async start(_: unknown, options: Begin) {
        if (run) throw named('WorkflowExecutionAlreadyStartedError')
        begin(options)
      },
      async signalWithStart(_: unknown, options: Begin & { signalArgs: [Watch] }) {
        if (!run) begin(options)
        else signal(options.signalArgs[0], true)
      },
    },
  } as unknown as Client
  return {
    client,
    sent,
    tasks: () => tasks,
    begunToEnd: () => begunToEnd,
    liveUntil(untilMs: number) {
      for (;;) {
        const atMs = run?.sleepsUntilMs ?? run?.nextAtMs ?? null
        if (run === null || atMs === null || atMs > untilMs) break
        nowMs = Math.max(nowMs, atMs)
        work(run)
      }
      nowMs = untilMs
    },
  }
}

const change = fc.record({
  afterHours: fc.integer({ min: 0, max: 1_500 }),
  dueInDays: fc.array(fc.integer({ min: -40, max: 250 }), { maxLength: 3 }),
  what: fc.constantFrom('CHANGED', 'CHANGED', 'CHANGED', 'ENDED', 'HANDED_IN_AGAIN'),
  /** A worker is killed after it has handed over and before it has noted that. */
  killed: fc.boolean(),
})

test('S0-38 begun asleep or awake, whatever changes and whenever a worker is killed: the same reminders at the same moments', async () => {
  let [tasksAsleep, tasksAwake] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), fc.boolean(), async (changes, comesBack) => {
      const live = async (delays: boolean) => {
        const temporal = createTemporal(delays)
        let known: { sleepsUntilMs: number | null } | null = null
        let [nowMs, round] = [beginMs, 1]
        for (const [n, { afterHours, dueInDays, what, killed }] of changes.entries()) {
          nowMs += afterHours * hourMs
          temporal.liveUntil(nowMs)
          if (what === 'HANDED_IN_AGAIN') round += 1
          const ended = what === 'ENDED'
          const today = new Date(nowMs).toISOString().slice(0, 10)
          const deadlines = dueInDays.map((days, at) => ({
            ...{ rule: (['OATH', 'PROBATION_ENDS', 'APPLICANT_TALK'] as const)[at] ?? 'OATH' },
            ...{ dueOn: addDays(today, days), nature: 'LATEST' as const },
          }))
          const watch: Watch = {
            ...{ id: '01990000-0000-7000-8000-000080000000', subjectId: 's', countyId: 'k', version: n + 1, stage: '' },
            ...{ state: ended ? 'ENDED' : 'OPEN', round, announcedOn: null, opensAtMinute: 540, aheadMinutes: 60 },
            ...{ deadlines: ended ? [] : deadlines, ladders: caseLadders, comesBack },
          }
          const handing = { kind: 'DEVELOPMENT', watch, known, nowMs }
          let sleepsUntilMs = await handToWorkflow(temporal.client, handing)
          if (killed) sleepsUntilMs = await handToWorkflow(temporal.client, handing)
          known = { sleepsUntilMs }
        }
        temporal.liveUntil(nowMs + 150 * 24 * hourMs)
        return temporal
      }
      const [asleep, awake] = [await live(true), await live(false)]
      expect(asleep.sent).toEqual(awake.sent)
      expect(new Set(asleep.sent).size).toBe(asleep.sent.length)
      // Whoever hands an end over twice cannot know that what slept is over already.
      if (!changes.some(({ killed }) => killed)) expect([asleep, awake].map(one => one.begunToEnd())).toEqual([0, 0])
      tasksAsleep += asleep.tasks()
      tasksAwake += awake.tasks()
    }),
    { numRuns: 100 },
  )
  expect(tasksAsleep).toBeLessThan(tasksAwake)
})
