import { describe, expect, test } from '@jest/globals'
import { addDays, caseLadders, type DeadlineRule } from '@linghang/rulebook'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { keepWatch, watchChanged, watching } from '../src/time/watch/keep-watch.ts'
import { latest, live, watchOf } from './living.ts'

describe('S3-27 S1-3 what the county owes after a board', () => {
  test.each<[DeadlineRule, string]>([
    ['BOARD_TALK', 'held'],
    ['NAMING_ANSWER', 'answered'],
  ])('S3-27 S1-3 of %s it is reminded a week ahead, and once it is over every week until it is %s', async rule => {
    await live(async ({ env, taskQueue, sent, today, sleepTo }) => {
      const dueOn = addDays(await today(), 14)
      const watch = watchOf([latest(rule, dueOn)])
      expect(caseLadders[rule]).toEqual(['WEEK_AHEAD', 'OVERDUE'])
      const handle = await env.client.workflow.start(keepWatch, {
        ...{ workflowId: workflowIdOf(rule, watch.id), taskQueue, args: [watch] },
      })
      await handle.query(watching)
      await sleepTo(addDays(dueOn, 8))
      await handle.signal(watchChanged, { ...watch, version: 2, state: 'ENDED', deadlines: [] })
      await handle.result()
      expect(sent.map(({ rung, week, dueOn: on }) => `${rung} ${week} ${on}`).toSorted()).toEqual([
        `OVERDUE 0 ${dueOn}`,
        `OVERDUE 1 ${dueOn}`,
        `WEEK_AHEAD 0 ${dueOn}`,
      ])
    })
  })
})
