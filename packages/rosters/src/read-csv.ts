import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { decodeStream, type Encoding } from './encoding.ts'
import type { TableLimits } from './limits.ts'
import { TableError } from './table-error.ts'

/** One line of a table as it stands in the file: its number as the office sees it, and its cells. */
export type RawLine = { line: number; cells: string[] }

type ParsedRecord = { record: string[]; info: { lines: number } }

/** Titles and notes above the heading that are passed over. */
export const LINES_BEFORE_HEADING = 10

export type Delimiter = ',' | '\t' | ';'

/**
 * Comma, the tab of a table that was copied out of a spreadsheet, or a semicolon: whichever makes one of the first
 * lines the heading; a title above it may hold any of them.
 */
export function sniffDelimiter(head: string, countHeadings: (cells: readonly string[]) => number): Delimiter {
  const lines = head
    .split(/\r\n|\n|\r/)
    .filter(line => line.trim() !== '')
    .slice(0, LINES_BEFORE_HEADING + 1)
  const headings = (delimiter: Delimiter) =>
    Math.max(
      0,
      ...lines.map(line => countHeadings(line.split(delimiter).map(cell => cell.trim().replace(/^"|"$/g, '')))),
    )
  const [best] = ([',', '\t', ';'] as const)
    .map(delimiter => ({ delimiter, count: headings(delimiter) }))
    .sort((a, b) => b.count - a.count)
  return best!.delimiter
}

/** The lines of a CSV, blank ones included, in bounded memory. Throws `TableError`. */
export async function* readCsv(
  stream: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  delimiter: Delimiter,
  limits: TableLimits,
): AsyncGenerator<RawLine> {
  // A failure throws away what was parsed and not yet read, so the place of a fault is noted while parsing.
  let lastParsedLine = 0
  const parser = parse({
    on_record: (record, context) => {
      lastParsedLine = context.lines
      return record
    },
    bom: true,
    info: true,
    delimiter,
    relax_column_count: true,
    // A stray quotation mark inside a name is the name's; only a quoted cell that never ends is a fault.
    relax_quotes: true,
    // A quoted cell that never ends would otherwise swallow the rest of the file into memory.
    max_record_size: limits.columns * limits.cellCharacters,
  })
  const feeding = pipeline(Readable.from(decodeStream(stream, encoding), { highWaterMark: 16 }), parser)
  // The same failure reaches the loop below, which reports it; without this it would also be an unhandled rejection.
  const fed = feeding.catch(() => undefined)
  let lastLine = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      yield { line: lastLine + 1, cells: record }
      lastLine = info.lines
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenCsv(error, lastParsedLine + 1) : error
  } finally {
    parser.destroy()
    await fed
  }
}

function brokenCsv(error: CsvError, line: number): TableError {
  const openQuote = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
  return new TableError(
    'BROKEN_CSV',
    openQuote
      ? {
          zh: `第 ${line} 行有一个引号（"）没有成对，后面的内容无法分行`,
          en: `in line ${line} a quotation mark (") is opened and never closed, the lines behind it cannot be told apart`,
        }
      : {
          zh: `第 ${line} 行起的内容不是有效的 CSV（${error.code}）`,
          en: `from line ${line} on the content is not valid CSV (${error.code})`,
        },
    line,
  )
}
