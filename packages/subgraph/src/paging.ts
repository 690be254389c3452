import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Stretch } from '@linghang/database'
import { defineErrors } from './errors.ts'

const { fail } = defineErrors({})

export { type Stretch, walkOf } from '@linghang/database'

/** As Relay has them: `first` and `after` walk a list from its beginning, `last` and `before` from its end. */
export type PageArgs = { first?: number | null; after?: string | null; last?: number | null; before?: string | null }

export type PageInfo = {
  hasNextPage: boolean
  hasPreviousPage: boolean
  startCursor: string | null
  endCursor: string | null
}
export type Page<T> = {
  nodes: T[]
  edges: { node: T; cursor: string }[]
  pageInfo: PageInfo
  totalCount: () => Promise<number>
}

/** The first signs, all are believed. */
export type Keys = readonly [string, ...string[]]

export const pageDefault = 20
export const pageMaximum = 100

function pageSize(field: 'first' | 'last', asked: number): number {
  if (Number.isInteger(asked) && asked >= 0 && asked <= pageMaximum) return asked
  return fail('BAD_INPUT', { field, found: asked, wanted: `0 to ${pageMaximum}`, wantedZh: `0 到 ${pageMaximum}` })
}

/** How many of a short list that has no pages: 0 to 100. @throws DomainError BAD_INPUT */
export const requireFirst = (first: number): number => pageSize('first', first)

/**
 * Signs the place at which a page ended, together with the list that it is a place of: nobody pages from a place that
 * they were not shown, and a place of one list, which means nothing in another, is not taken for one of it.
 * @param keys the first signs; of the others cursors are still taken, so that a key can be changed
 */
export function createCursors(keys: () => Keys) {
  const signWith = (key: string, list: string, text: string) =>
    createHmac('sha256', key).update(`${list}\n${text}`).digest().subarray(0, 12)
  return {
    encode(list: string, place: readonly string[]): string {
      const text = JSON.stringify(place)
      return Buffer.concat([signWith(keys()[0], list, text), Buffer.from(text)]).toString('base64url')
    },
    /** @throws DomainError BAD_INPUT when the cursor is not one of this list */
    decode(list: string, cursor: string, field: 'after' | 'before'): string[] {
      const bytes = Buffer.from(cursor, 'base64url')
      const text = bytes.subarray(12).toString()
      const given = bytes.subarray(0, 12)
      const isOf = (key: string) => given.length === 12 && timingSafeEqual(given, signWith(key, list, text))
      if (keys().some(isOf)) return JSON.parse(text) as string[]
      return fail('BAD_INPUT', {
        field,
        found: cursor.slice(0, 40),
        wanted: 'a cursor of an earlier page of this very list',
        wantedZh: '同一列表前一页给出的游标',
      })
    },
  }
}
export type Cursors = ReturnType<typeof createCursors>

function stretchOf(cursors: Cursors, list: string, args: PageArgs): Stretch {
  const { first, after, last, before } = args
  const backwards = last != null || before != null
  if (backwards && (first != null || after != null))
    fail('BAD_INPUT', {
      field: first != null ? 'first' : 'after',
      found: first ?? 'after',
      wanted: 'either first and after, or last and before',
      wantedZh: '用 first 和 after，或者用 last 和 before，不能混用',
    })
  return backwards
    ? {
        size: pageSize('last', last ?? pageDefault),
        from: before == null ? null : cursors.decode(list, before, 'before'),
        backwards,
      }
    : {
        size: pageSize('first', first ?? pageDefault),
        from: after == null ? null : cursors.decode(list, after, 'after'),
        backwards,
      }
}

/**
 * One page of a list.
 * @param list its name and every argument that decides what is in it: cursors are good for this very list alone
 * @returns the stretch to read, and the connection of the rows that were read
 * @throws DomainError BAD_INPUT for what cannot be a page
 */
export function openPage(cursors: Cursors, list: readonly unknown[], args: PageArgs) {
  const name = JSON.stringify(list)
  const stretch = stretchOf(cursors, name, args)
  const { size, from, backwards } = stretch
  return {
    stretch,
    /**
     * @param rows at most `size` + 1, in the direction in which the stretch was read
     * @param placeOf the keyset of a row, in the order of the list
     */
    page<T>(rows: readonly T[], placeOf: (row: T) => readonly string[], totalCount: () => Promise<number>): Page<T> {
      const read = rows.slice(0, size)
      const nodes = backwards ? read.toReversed() : read
      const edges = nodes.map(node => ({ node, cursor: cursors.encode(name, placeOf(node)) }))
      const more = rows.length > size
      return {
        nodes,
        edges,
        pageInfo: {
          // Behind us lies at least the element from which we came.
          hasNextPage: backwards ? from !== null : more,
          hasPreviousPage: backwards ? more : from !== null,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
        totalCount,
      }
    },
  }
}

/**
 * One page of a list, as the contract has it.
 * @param list.of its name and every argument that decides what is in it: cursors are good for this very list alone
 * @param list.read at most `size` + 1 rows, in the direction of the stretch
 * @param list.place the keyset of a row, in the order of the list
 * @throws DomainError BAD_INPUT for what cannot be a page
 */
export async function connection<T>(
  { cursors }: { cursors: Cursors },
  args: PageArgs,
  list: {
    of: readonly unknown[]
    read: (stretch: Stretch) => Promise<readonly T[]>
    count: () => Promise<number>
    place: (row: T) => readonly string[]
  },
): Promise<Page<T>> {
  const { stretch, page } = openPage(cursors, list.of, args)
  return page(await list.read(stretch), list.place, list.count)
}
