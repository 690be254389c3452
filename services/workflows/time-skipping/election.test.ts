import { describe, expect, test } from '@jest/globals'
import { addDays, addYears, defaultLadders, type ElectionStep, electionDates, timelineTo } from '@linghang/rulebook'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { keepWatch, watchChanged, watching } from '../src/time/watch/keep-watch.ts'
import { latest, live, watchOf } from './living.ts'

/** What is due of an election whose steps up to one are done. */
function datesUpTo(assemblyOn: string, last: ElectionStep | null) {
  const steps = timelineTo(assemblyOn)
  const doneTo = steps.findIndex(({ step }) => step === last)
  return electionDates(
    steps.map((step, i) => ({ ...step, done: i <= doneTo })),
    'branch',
    'above',
  ).map(({ rule, dueOn }) => latest(rule, dueOn))
}

describe('S0-38 three years of a committee', () => {
  test('S0-38 a term and its election: every reminder once, and the new term closes the old one', async () => {
    await live(async ({ env, taskQueue, sent, today, sleepTo }) => {
      const termEnd = addYears(await today(), 3)
      const ladders = { ladders: defaultLadders, comesBack: false }
      const term = watchOf([latest('TERM_ENDS', termEnd)], ladders)
      const terms = await env.client.workflow.start(keepWatch, {
        ...{ workflowId: workflowIdOf('TERM_OF_OFFICE', term.id), taskQueue, args: [term] },
      })
      await terms.query(watching)
      await sleepTo(addDays(termEnd, -60))

      const assemblyOn = addDays(termEnd, -5)
      const election = watchOf(datesUpTo(assemblyOn, null))
      const held = await env.client.workflow.start(keepWatch, {
        ...{ workflowId: workflowIdOf('ELECTION', election.id), taskQueue, args: [election] },
      })
      await held.query(watching)
      let version = 1
      // The branch is in time with all but the candidates, with which it is four days late.
      for (const { step, day } of timelineTo(assemblyOn)) {
        const late = step === 'CANDIDATES_REQUEST' ? 4 : 0
        if (addDays(assemblyOn, day + late) <= (await today())) continue
        await sleepTo(addDays(assemblyOn, day + late))
        await held.signal(watchChanged, { ...election, version: ++version, deadlines: datesUpTo(assemblyOn, step) })
        if (step !== 'RESULT_REPLY') continue
        await held.signal(watchChanged, { ...election, version: ++version, state: 'ENDED', deadlines: [] })
        const next = { ...term, version: 2, deadlines: [latest('TERM_ENDS', addYears(assemblyOn, 3))] }
        await terms.signal(watchChanged, next)
      }
      await held.result()

      const told = sent.map(({ rule, rung, week }) => `${rule} ${rung}${week ? ` ${week}` : ''}`)
      expect(new Set(told).size).toBe(told.length)
      expect(told.filter(one => one.startsWith('TERM_ENDS'))).toEqual([
        ...['TERM_ENDS YEAR_AHEAD', 'TERM_ENDS HALF_YEAR_AHEAD', 'TERM_ENDS QUARTER_AHEAD', 'TERM_ENDS MONTH_AHEAD'],
        // The result is approved after the old term's end: said once, and closed by the result.
        'TERM_ENDS OVERDUE',
      ])
      expect(told.filter(one => one.endsWith('OVERDUE'))).toEqual(['ELECTION_CANDIDATES OVERDUE', 'TERM_ENDS OVERDUE'])
      for (const rule of ['REQUEST', 'REPLY', 'RECOMMENDATION', 'CANDIDATES', 'CANDIDATES_REPLY', 'ANNOUNCEMENT'])
        expect(told).toContain(`ELECTION_${rule} WEEK_AHEAD`)
      for (const rule of ['SUMMONS', 'ASSEMBLY', 'REPORT', 'RESULT_REPLY'])
        expect(told).toContain(`ELECTION_${rule} WEEK_AHEAD`)
      await terms.terminate()
    })
  })
})
