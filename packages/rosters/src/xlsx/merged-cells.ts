import { brokenXlsx } from './parse-xml.ts'

/** More than any roster has; each is held in memory. */
const MAX_MERGES = 100_000
/** One `<mergeCell ref="A2:A31"/>`, with room for a prefix. */
const MAX_TAG = 200

const tag = /<(?:\w+:)?mergeCell\s[^>]{0,100}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g

/** Zero-based column of a reference such as `AB12`; -1 where it has none. */
export function columnOf(reference: string): number {
  let column = 0
  for (const character of reference) {
    const letter = character.charCodeAt(0) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

/** Cells that were merged downwards, by the line and column of the first; the value is the last line. */
export type MergedDown = Map<number, Map<number, number>>

/**
 * What a sheet has merged over several lines. Spreadsheets write the list behind all lines, so it is looked for in the
 * unpacked text before they are read: a `<` in a cell is escaped, nothing else looks like it.
 */
export async function readMergedDown(bytes: AsyncIterable<Uint8Array>): Promise<MergedDown> {
  const merged: MergedDown = new Map()
  let count = 0
  let rest = ''
  const decoder = new TextDecoder('latin1')
  for await (const chunk of bytes) {
    const text = rest + decoder.decode(chunk, { stream: true })
    rest = text.slice(-MAX_TAG)
    if (!text.includes('mergeCell ')) continue
    let end = 0
    for (const { 0: whole, index, 1: column, 2: first, 4: last } of text.matchAll(tag)) {
      end = index + whole.length
      if (++count > MAX_MERGES) throw brokenXlsx(`more than ${MAX_MERGES} merged cells`)
      if (Number(last) <= Number(first)) continue
      const ofLine = merged.get(Number(first)) ?? new Map<number, number>()
      merged.set(Number(first), ofLine.set(columnOf(column as string), Number(last)))
    }
    rest = text.slice(Math.max(end, text.length - MAX_TAG))
  }
  return merged
}

/** Repeats what was merged downwards in each of its lines, as whoever looks at the sheet reads it there. */
export function fillDown(merged: MergedDown): (line: number, cells: string[]) => string[] {
  const open = new Map<number, { text: string; last: number }>()
  return (line, cells) => {
    for (const [column, last] of merged.get(line) ?? []) open.set(column, { text: cells[column] ?? '', last })
    if (cells.every(cell => cell === '')) return cells
    for (const [column, { text, last }] of open) {
      if (line > last) open.delete(column)
      else if ((cells[column] ?? '') === '') {
        while (cells.length < column) cells.push('')
        cells[column] = text
      }
    }
    return cells
  }
}
