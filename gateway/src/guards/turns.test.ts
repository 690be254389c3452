import { describe, expect, test } from '@jest/globals'
import { createTurns, type Turn } from './turns.ts'

describe('platform requests under way', () => {
  test('platform the limit is taken, one more is not, and a turn given back is free again', () => {
    const turns = createTurns(2)
    const [first, second] = [turns.take(), turns.take()]
    expect([first === null, second === null, turns.take()]).toEqual([false, false, null])
    first?.closed()
    expect(turns.count()).toBe(1)
    expect(turns.take()).not.toBeNull()
  })

  test.each<[string, ((turn: Turn) => void)[], number]>([
    ['refused before any work', [turn => turn.closed()], 0],
    ['answered', [turn => turn.begin(), turn => turn.end(), turn => turn.closed()], 0],
    ['left while work goes on', [turn => turn.begin(), turn => turn.closed()], 1],
    ['left, and the work is done', [turn => turn.begin(), turn => turn.closed(), turn => turn.end()], 0],
    ['done, and not yet sent', [turn => turn.begin(), turn => turn.end()], 1],
    ['closed twice', [turn => turn.closed(), turn => turn.closed()], 0],
  ])('platform a request that was %s', (_, steps, held) => {
    const turns = createTurns(5)
    const turn = turns.take()
    for (const step of steps) step(turn!)
    expect(turns.count()).toBe(held)
  })
})

describe('platform the room that one account takes', () => {
  test('platform is its share; others come in, and what is given back is free again', () => {
    const turns = createTurns(5, 2)
    const own = [turns.take('a'), turns.take('a')]
    expect([own.every(Boolean), turns.isFull('a'), turns.take('a')]).toEqual([true, true, null])
    expect([turns.take('b'), turns.take('b'), turns.take(null)].every(Boolean)).toBe(true)
    // All are taken: nobody comes in, whoever they are, and it is not their own doing.
    expect([turns.take('c'), turns.isFull('c')]).toEqual([null, false])
    own[0]?.closed()
    expect([turns.isFull('a'), turns.take('c') !== null]).toEqual([false, true])
  })
})
