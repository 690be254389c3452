import { describe, expect, test } from '@jest/globals'
import { createCursors, openPage, type PageArgs, type Stretch, walkOf } from './paging.ts'

const cursors = createCursors(() => ['a key that nobody knows, of 32 characters'])
const letters = [...'abcdefghij']
const list = ['letters', 'lower']

/** As a store reads a list that begins with its smallest key. */
const read = ({ size, from, backwards }: Stretch): string[] => {
  const ordered = backwards ? letters.toReversed() : letters
  const [place] = from ?? []
  const isPast = (letter: string) =>
    place === undefined || (walkOf({ size, from, backwards }).past === '>' ? letter > place : letter < place)
  return ordered.filter(isPast).slice(0, size + 1)
}
const ask = (args: PageArgs, of: readonly unknown[] = list) => {
  const { stretch, page } = openPage(cursors, of, args)
  return page(
    read(stretch),
    letter => [letter],
    async () => letters.length,
  )
}
const cursorOf = (letter: string): string => {
  const edge = ask({ first: 10 }).edges.find(({ node }) => node === letter)
  return edge?.cursor ?? ''
}
const refusal = (args: PageArgs, of?: readonly unknown[]) => {
  try {
    ask(args, of)
    return null
  } catch (error) {
    const { code, params } = error as { code: string; params: { field?: string } }
    return `${code} ${params.field}`
  }
}

describe('platform a page of a list', () => {
  test.each<[PageArgs, string, boolean, boolean]>([
    [{ first: 3 }, 'abc', false, true],
    [{ first: 3, after: 'c' }, 'def', true, true],
    [{ first: 3, after: 'g' }, 'hij', true, false],
    [{ first: 10 }, 'abcdefghij', false, false],
    [{ first: 0 }, '', false, true],
    [{}, 'abcdefghij', false, false],
    [{ after: 'h' }, 'ij', true, false],
    [{ last: 3 }, 'hij', true, false],
    [{ last: 3, before: 'h' }, 'efg', true, true],
    [{ last: 3, before: 'd' }, 'abc', false, true],
    [{ before: 'c' }, 'ab', false, true],
    [{ last: 10 }, 'abcdefghij', false, false],
    [{ last: 0 }, '', true, false],
  ])('platform asked with %j holds %s, in the order of the list', (args, wanted, previous, next) => {
    const { after, before, ...sizes } = args
    const { nodes, edges, pageInfo } = ask({
      ...sizes,
      ...(after ? { after: cursorOf(after) } : {}),
      ...(before ? { before: cursorOf(before) } : {}),
    })
    expect(nodes.join('')).toBe(wanted)
    expect(pageInfo).toEqual({
      hasPreviousPage: previous,
      hasNextPage: next,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    })
  })

  test.each<[PageArgs, string]>([
    [{ first: 101 }, 'BAD_INPUT first'],
    [{ first: -1 }, 'BAD_INPUT first'],
    [{ last: 101 }, 'BAD_INPUT last'],
    [{ last: -1 }, 'BAD_INPUT last'],
    [{ first: 1, last: 1 }, 'BAD_INPUT first'],
    [{ first: 1, before: 'x' }, 'BAD_INPUT first'],
    [{ last: 1, after: 'x' }, 'BAD_INPUT after'],
    [{ after: 'x' }, 'BAD_INPUT after'],
    [{ before: '' }, 'BAD_INPUT before'],
  ])('platform %j is %s', (args, wanted) => {
    expect(refusal(args)).toBe(wanted)
  })

  test('platform a cursor is a place of its own list alone, and of nobody who signs with another key', () => {
    const after = cursorOf('c')
    expect(refusal({ after })).toBeNull()
    expect(refusal({ after }, ['letters', 'upper'])).toBe('BAD_INPUT after')
    expect(refusal({ after }, ['numbers', 'lower'])).toBe('BAD_INPUT after')
    const forged = createCursors(() => ['another key']).encode(JSON.stringify(list), ['c'])
    expect(refusal({ after: forged })).toBe('BAD_INPUT after')
    expect(refusal({ before: `${after.slice(0, -2)}xx` })).toBe('BAD_INPUT before')
  })

  test.each([
    [false, false, { past: '>', order: 'asc' }],
    [false, true, { past: '<', order: 'desc' }],
    [true, false, { past: '<', order: 'desc' }],
    [true, true, { past: '>', order: 'asc' }],
  ])('platform backwards %s in a list whose greatest comes first %s is walked %j', (backwards, descending, wanted) => {
    expect(walkOf({ size: 1, from: null, backwards }, descending)).toEqual(wanted)
  })
})
