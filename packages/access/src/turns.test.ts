import { describe, expect, test } from '@jest/globals'
import { Busy } from './busy.ts'
import { createTurns } from './turns.ts'

/** Something that is begun, and ends when it is told to. */
function createTask() {
  const { promise, resolve } = Promise.withResolvers<string>()
  const begin = () => {
    task.begun = true
    return promise
  }
  const task = { begun: false, end: () => resolve('done'), run: begin }
  return task
}
const tick = () => new Promise(resolve => setImmediate(resolve))

describe('platform turns', () => {
  test('platform so many run at once under one key, the others in the order in which they came; other keys go by', async () => {
    const inTurn = createTurns({ atOnce: 2, waiting: 10, waitMs: 10_000 })
    const tasks = Array.from({ length: 5 }, createTask)
    const all = tasks.map(({ run }) => inTurn('a', run))
    const begun = () => tasks.map(({ begun }) => begun)
    await tick()
    expect(begun()).toEqual([true, true, false, false, false])
    expect(await inTurn('b', async () => 'other')).toBe('other')
    tasks[1]?.end()
    await tick()
    expect(begun()).toEqual([true, true, true, false, false])
    for (const { end } of tasks) end()
    expect(await Promise.all(all)).toEqual(Array(5).fill('done'))
  })

  test('platform a fault gives the turn on', async () => {
    const inTurn = createTurns({ atOnce: 1, waiting: 10, waitMs: 10_000 })
    const first = inTurn('a', async () => Promise.reject(new Error('broken')))
    const second = inTurn('a', async () => 'done')
    await expect(first).rejects.toThrow('broken')
    expect(await second).toBe('done')
  })

  test.each([
    [1, true],
    [2, false],
  ])('platform of those who wait the %sth is taken: %s, and not served in time is told so', async (nth, taken) => {
    const inTurn = createTurns({ atOnce: 1, waiting: 1, waitMs: 20 })
    const first = createTask()
    const running = inTurn('a', first.run)
    const waiters = Array.from({ length: nth }, () => inTurn('a', async () => 'served'))
    const last = waiters.at(-1)
    if (taken) {
      first.end()
      expect(await last).toBe('served')
    } else {
      expect(await Promise.allSettled(waiters)).toEqual([
        { status: 'rejected', reason: new Busy('no turn within 20 ms') },
        { status: 'rejected', reason: new Busy('1 wait already') },
      ])
      first.end()
    }
    await running
    expect(await inTurn('a', async () => 'free again')).toBe('free again')
  })
})
