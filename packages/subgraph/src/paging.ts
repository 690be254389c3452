import { createHmac, timingSafeEqual } from 'node:crypto'
import { defineErrors } from './errors.ts'

const { fail } = defineErrors({})

export type PageArgs = { first?: number | null; after?: string | null }
export type Page<T> = {
  nodes: T[]
  edges: { node: T; cursor: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: () => Promise<number>
}

export const pageDefault = 20
export const pageMaximum = 100

/** How many are wanted: 20 unless told, 100 at most. @throws DomainError BAD_INPUT */
export function pageSize(args: PageArgs): number {
  const size = args.first ?? pageDefault
  if (Number.isInteger(size) && size >= 0 && size <= pageMaximum) return size
  return fail('BAD_INPUT', {
    field: 'first',
    found: size,
    wanted: `0 to ${pageMaximum}`,
    wantedZh: `0 到 ${pageMaximum}`,
  })
}

/** Signs the place at which a page ended, so that nobody can page from a place that they were not shown. */
export function createCursors(key: string) {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest().subarray(0, 12)
  return {
    encode(place: readonly string[]): string {
      const text = JSON.stringify(place)
      return Buffer.concat([sign(text), Buffer.from(text)]).toString('base64url')
    },
    /** @throws DomainError BAD_INPUT when the cursor is not one of ours */
    decode(cursor: string, field = 'after'): string[] {
      const bytes = Buffer.from(cursor, 'base64url')
      const text = bytes.subarray(12).toString()
      const given = bytes.subarray(0, 12)
      if (given.length === 12 && timingSafeEqual(given, sign(text))) return JSON.parse(text) as string[]
      return fail('BAD_INPUT', {
        field,
        found: cursor.slice(0, 40),
        wanted: 'a cursor of an earlier page',
        wantedZh: '前一页给出的游标',
      })
    },
  }
}
export type Cursors = ReturnType<typeof createCursors>

/**
 * A connection from rows that were read one beyond the page.
 * @param rows at most `size` + 1
 * @param placeOf the keyset of a row, in the order of the list
 */
export function toPage<T>(
  rows: readonly T[],
  size: number,
  cursors: Cursors,
  placeOf: (row: T) => string[],
  totalCount: () => Promise<number>,
): Page<T> {
  const nodes = rows.slice(0, size)
  const edges = nodes.map(node => ({ node, cursor: cursors.encode(placeOf(node)) }))
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: rows.length > size, endCursor: edges[edges.length - 1]?.cursor ?? null },
    totalCount,
  }
}
