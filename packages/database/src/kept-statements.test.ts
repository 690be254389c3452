import { describe, expect, test } from '@jest/globals'
import { keepStatements } from './kept-statements.ts'

describe('platform statements that are kept', () => {
  test('platform one has a name when it has been sent so often, and always the same', () => {
    const nameOf = keepStatements({ after: 2 })
    expect([1, 2, 3, 4].map(() => nameOf('select 1'))).toEqual([undefined, undefined, 'kept_0', 'kept_0'])
    expect([1, 2, 3].map(() => nameOf('select 2'))).toEqual([undefined, undefined, 'kept_1'])
  })

  test('platform there are no more of them than are wanted, whatever is sent', () => {
    const nameOf = keepStatements({ most: 2, after: 0 })
    expect(['a', 'b', 'c', 'a', 'c'].map(nameOf)).toEqual(['kept_0', 'kept_1', undefined, 'kept_0', undefined])
  })

  test('platform none where a pooler does not know them', () => {
    const nameOf = keepStatements({ most: 0, after: 0 })
    expect(['a', 'a'].map(nameOf)).toEqual([undefined, undefined])
  })

  test('platform what is never sent again does not crowd out what is', () => {
    const nameOf = keepStatements({ most: 1, after: 3 })
    const named = Array.from({ length: 1_000 }, (_, at) => [nameOf(`select ${at}`), nameOf('again')]).flat()
    expect(named.filter(name => name !== undefined).length).toBe(997)
  })
})
