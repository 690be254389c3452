import { setTimeout as wait } from 'node:timers/promises'
import { shanghaiDay } from '@linghang/access'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { type ApiClient, present } from './api-client.ts'

const triesAtMost = 120
const betweenTriesMs = 500

type Scoring = {
  keeper: ApiClient
  /** Of the library of packs. */
  library: string
  title: string
  number: string
  organ: string
  /** How many months before this one, or before this quarter, it has been in force. */
  months: number
  /** By the month or by the quarter. */
  every: 1 | 3
}

/** The first day of the month or quarter in which a day lies. */
const beginningOf = (day: string, every: 1 | 3): string =>
  addMonths(monthOf(day), -((Number(day.slice(5, 7)) - 1) % every))

/** Waits until everybody is scored for the time that is over, and publishes it. */
async function publish(keeper: ApiClient, on: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await keeper.ask(
        'mutation ($input: PublishScoresInput!) { publishScores(input: $input) { publication { state } } }',
        { input: { on } },
      )
      return
    } catch (error) {
      const { scorePublications } = await keeper.ask('{ scorePublications { from until } }')
      // Loaded once before, and cut off behind this.
      if (scorePublications.some(({ from, until }) => from <= on && until >= on)) return
      if (tries === triesAtMost) throw error
      await wait(betweenTriesMs)
    }
  }
}

/** A county scores by a pack of the library, as it decided before; what is over of it but the last time is published. */
export async function loadDemoScores({ keeper, every, months, ...decision }: Scoring): Promise<void> {
  const now = beginningOf(shanghaiDay(new Date()), every)
  const effectiveFrom = addMonths(now, -months)
  const { assessmentPack } = await keeper.ask('{ assessmentPack { version } }')
  if (assessmentPack === null) {
    const { publishPack } = await keeper.ask(
      'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { version } } }',
      {
        input: { ...decision, effectiveFrom, decidedOn: addDays(effectiveFrom, -20), idempotencyKey: 'demo/scores' },
      },
    )
    present(publishPack.pack, decision.library)
  }
  await publish(keeper, effectiveFrom)
}
