import { describe, expect, test } from '@jest/globals'
import { addDays, appealDueDays, commonAppealDays } from '@linghang/rulebook'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { keepWatch, watchChanged, watching } from '../src/time/watch/keep-watch.ts'
import { latest, live, watchOf } from './living.ts'

describe('R8 an appeal is heard and answered by its day', () => {
  test('R8 the office is reminded of the hearing on its day, of the answer a week ahead, and once overdue every week until it has answered', async () => {
    await live(async ({ env, taskQueue, sent, today, sleepTo }) => {
      const { hearBy, answerBy } = appealDueDays(await today(), commonAppealDays)
      const answer = latest('APPEAL_ANSWER', answerBy)
      const appeal = watchOf([latest('APPEAL_HEARING', hearBy), answer])
      const handle = await env.client.workflow.start(keepWatch, {
        ...{ workflowId: workflowIdOf('APPEAL', appeal.id), taskQueue, args: [appeal] },
      })
      await handle.query(watching)
      await sleepTo(addDays(hearBy, 1))
      // Heard a day late: of the hearing nothing is due any more.
      await handle.signal(watchChanged, { ...appeal, version: 2, deadlines: [answer] })
      await sleepTo(addDays(answerBy, 8))
      await handle.signal(watchChanged, { ...appeal, version: 3, state: 'ENDED', deadlines: [] })
      await handle.result()
      expect(sent.map(({ rule, rung, week, dueOn }) => `${rule} ${rung} ${week} ${dueOn}`).toSorted()).toEqual([
        `APPEAL_ANSWER OVERDUE 0 ${answerBy}`,
        `APPEAL_ANSWER OVERDUE 1 ${answerBy}`,
        `APPEAL_ANSWER WEEK_AHEAD 0 ${answerBy}`,
        `APPEAL_HEARING OVERDUE 0 ${hearBy}`,
        `APPEAL_HEARING REACHED 0 ${hearBy}`,
      ])
    })
  })
})
