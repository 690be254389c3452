import { type Column, countKnownHeadings, type Heading, readHeading } from './columns.ts'
import { type Encoding, sniffEncoding, sniffFormat } from './encoding.ts'
import { createFinding, type Finding } from './finding.ts'
import { checkLine, defaultLimits, limitBytes, type TableLimits, tooManyRows } from './limits.ts'
import { type RawLine, readCsv, sniffDelimiter } from './read-csv.ts'
import { TableError } from './table-error.ts'
import { readXlsx } from './xlsx/read-xlsx.ts'

/** A line of a roster, its cells by column; a column that the file does not have gives empty cells. */
export type Row<K extends string> = { line: number; cells: Record<K, string>; findings: Finding[] }

export type Table<K extends string> = {
  format: 'CSV' | 'XLSX'
  /** Of a CSV, null for XLSX. */
  encoding: Encoding | null
  /** About the file as a whole. With an ERROR among them there are no rows. */
  findings: Finding[]
  /** To be read once; ends with a `TableError` where the file cannot be read further. */
  rows: AsyncIterable<Row<K>>
}

const HEAD_BYTES = 64 * 1024
/** Titles and notes above the heading that are passed over. */
const LINES_BEFORE_HEADING = 10

/** The first bytes of a stream, and the stream with them still in it. */
async function peek(
  stream: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const iterator = stream[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  let bytes = 0
  let ended = false
  while (bytes < HEAD_BYTES && !ended) {
    const next = await iterator.next()
    if (next.done) ended = true
    else {
      chunks.push(next.value)
      bytes += next.value.byteLength
    }
  }
  async function* replay() {
    try {
      yield* chunks
      while (!ended) {
        const next = await iterator.next()
        if (next.done) return
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { head: Buffer.concat(chunks), whole: replay() }
}

const isBlank = (cells: readonly string[]) => cells.every(cell => cell.trim() === '')

/** Takes lines until one that looks like the heading of this roster; null when the file holds no line at all. */
async function findHeading(lines: AsyncIterator<RawLine>, columns: readonly Column[]): Promise<RawLine | null> {
  let first: RawLine | null = null
  for (let seen = 0; seen < LINES_BEFORE_HEADING; ) {
    const next = await lines.next()
    if (next.done) break
    if (isBlank(next.value.cells)) continue
    if (countKnownHeadings(next.value.cells, columns) >= Math.min(2, columns.length)) return next.value
    first ??= next.value
    seen++
  }
  return first
}

const surplusCells = (line: number, cells: readonly string[], width: number): Finding =>
  createFinding({
    line,
    column: null,
    severity: 'ERROR',
    code: 'ROW_WIDER_THAN_HEADING',
    found: String(cells.length),
    about: {
      zh: '这一行的单元格比表头多，列可能错位（内容里有未加引号的逗号？）',
      en: 'this line has more cells than the heading, its columns may be shifted (an unquoted comma?)',
    },
    wanted: { zh: `${width} 个单元格`, en: `${width} cells` },
  })

async function* readRows<K extends string>(
  lines: AsyncIterator<RawLine>,
  heading: Heading<K>,
  columns: readonly Column<K>[],
  limits: TableLimits,
): AsyncGenerator<Row<K>> {
  let rows = 0
  const keys = columns.map(column => [column.key, heading.positions.get(column.key) ?? -1] as const)
  try {
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      const { line, cells } = next.value
      if (isBlank(cells)) continue
      checkLine(line, cells, limits)
      if (++rows > limits.rows) throw tooManyRows(line, limits)
      const byKey = Object.fromEntries(keys.map(([key, position]) => [key, cells[position] ?? '']))
      const shifted = cells.length > heading.width && !isBlank(cells.slice(heading.width))
      yield {
        line,
        cells: byKey as Record<K, string>,
        findings: shifted ? [surplusCells(line, cells, heading.width)] : [],
      }
    }
  } finally {
    await lines.return?.()
  }
}

/**
 * Reads a roster that an office handed in: XLSX, or CSV in UTF-8 or GB18030, told apart by their bytes, columns found
 * by name in any order. Memory stays bounded whatever the file holds.
 *
 * The promise resolves when the heading is read. Throws `TableError` (also later, out of `rows`) for what is not a
 * table or passes a limit.
 */
export async function readTable<K extends string>(
  stream: AsyncIterable<Uint8Array>,
  options: { columns: readonly Column<K>[]; limits?: Partial<TableLimits> },
): Promise<Table<K>> {
  const { columns } = options
  const limits = { ...defaultLimits, ...options.limits }
  const { head, whole } = await peek(limitBytes(stream, limits.fileBytes))
  if (head.byteLength === 0) throw fileEmpty()
  const format = sniffFormat(head)
  const encoding = format === 'CSV' ? sniffEncoding(head) : null
  const lines =
    encoding === null ? readXlsx(whole, limits) : readCsv(whole, encoding, delimiterOf(head, encoding), limits)
  try {
    const headingLine = await findHeading(lines, columns)
    if (!headingLine) throw fileEmpty()
    checkLine(headingLine.line, headingLine.cells, limits)
    const heading = readHeading(headingLine.line, headingLine.cells, columns)
    const refused = heading.findings.some(finding => finding.severity === 'ERROR')
    if (refused) await lines.return(undefined)
    return { format, encoding, findings: heading.findings, rows: readRows(lines, heading, columns, limits) }
  } catch (error) {
    await lines.return(undefined)
    throw error
  }
}

const delimiterOf = (head: Uint8Array, encoding: Encoding) =>
  sniffDelimiter(new TextDecoder(encoding === 'UTF-8' ? 'utf-8' : 'gb18030').decode(head))

const fileEmpty = (): TableError =>
  new TableError('FILE_EMPTY', { zh: '文件是空的，没有表头', en: 'the file is empty, it has no heading' })
