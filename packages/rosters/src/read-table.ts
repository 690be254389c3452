import { type Column, countKnownHeadings, type Heading, readHeading } from './columns.ts'
import { type Encoding, sniffEncoding, sniffFormat } from './encoding.ts'
import { createFinding, type Finding, type Text } from './finding.ts'
import { checkLine, defaultLimits, limitBytes, type TableLimits, tooManyRows } from './limits.ts'
import { LINES_BEFORE_HEADING, type RawLine, readCsv, sniffDelimiter } from './read-csv.ts'
import { TableError } from './table-error.ts'
import type { ChosenSheet } from './xlsx/read-sheet.ts'
import { readXlsx } from './xlsx/read-xlsx.ts'

/** A line of a roster, its cells by column; a column that the file does not have gives empty cells and is `absent`. */
export type Row<K extends string> = {
  line: number
  cells: Record<K, string>
  findings: Finding[]
  /** Columns that the file does not have: it says nothing of them, which is not the same as a blank cell. */
  absent?: ReadonlySet<K>
}

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

/**
 * A heading over two lines, the names of some columns in the first and of others in the second, is read as one; any
 * other line behind the heading is the first row.
 */
async function joinHeading(
  first: RawLine,
  lines: AsyncGenerator<RawLine>,
  columns: readonly Column[],
): Promise<{ heading: RawLine; rest: AsyncGenerator<RawLine> }> {
  const next = await lines.next()
  if (next.done) return { heading: first, rest: lines }
  const second = next.value
  const width = Math.max(first.cells.length, second.cells.length)
  const cells = Array.from({ length: width }, (_, n) => second.cells[n]?.trim() || (first.cells[n] ?? ''))
  if (
    countKnownHeadings(second.cells, columns) > 0 &&
    countKnownHeadings(cells, columns) > countKnownHeadings(first.cells, columns)
  )
    return { heading: { line: second.line, cells }, rest: lines }
  async function* rest() {
    try {
      yield second
      yield* lines
    } finally {
      await lines.return(undefined)
    }
  }
  return { heading: first, rest: rest() }
}

const sheetFindings = ({ name, isFirst, notRead }: ChosenSheet): Finding[] => [
  ...(isFirst
    ? []
    : [
        sheetFinding('SHEET_CHOSEN', name, {
          zh: '表头不在第一个工作表，读取的是这个工作表',
          en: 'the heading is not in the first sheet, this sheet is read',
        }),
      ]),
  ...notRead.map(other =>
    sheetFinding('SHEET_NOT_READ', other, {
      zh: '这个工作表也有表头，但没有读取',
      en: 'this sheet has a heading as well and is not read',
    }),
  ),
]

const sheetFinding = (code: string, name: string, about: Text): Finding =>
  createFinding({
    line: null,
    column: null,
    severity: 'WARNING',
    code,
    found: name,
    about,
    wanted: { zh: '一个文件只放一份名册', en: 'one roster in a file' },
  })

const surplusCells = (line: number, cells: readonly string[], width: number): Finding =>
  createFinding({
    line,
    column: null,
    severity: 'ERROR',
    code: 'ROW_WIDER_THAN_HEADING',
    found: String(cells.length),
    about: {
      zh: '这一行的单元格比表头多，列可能错位（表头占了两行、表格旁边有备注，或 CSV 内容里有未加引号的逗号）',
      en: 'this line has more cells than the heading, its columns may be shifted (a heading of two rows, a note beside the table, or in a CSV an unquoted comma)',
    },
    wanted: { zh: `${width} 个单元格`, en: `${width} cells` },
  })

/** In a workbook what stands behind a blank column is a note beside the table; a shift leaves no gap. */
const noteBeside = (line: number, cells: readonly string[], width: number): Finding =>
  createFinding({
    line,
    column: null,
    severity: 'WARNING',
    code: 'NOTE_BESIDE_TABLE',
    found: cells.slice(width).find(cell => cell.trim() !== '') ?? '',
    about: { zh: '表格旁边的内容不会导入', en: 'what stands beside the table is not imported' },
    wanted: { zh: '只在有表头的列填写', en: 'entries in columns that have a heading' },
  })

async function* readRows<K extends string>(
  lines: AsyncIterator<RawLine>,
  heading: Heading<K>,
  columns: readonly Column<K>[],
  limits: TableLimits,
  format: Table<K>['format'],
): AsyncGenerator<Row<K>> {
  let rows = 0
  const absent = new Set(columns.flatMap(({ key }) => (heading.positions.has(key) ? [] : [key])))
  const known = new Set(heading.positions.values())
  const keys = columns.map(column => [column.key, heading.positions.get(column.key) ?? -1] as const)
  try {
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      const { line, cells } = next.value
      if (isBlank(cells)) continue
      checkLine(line, cells, limits, known)
      if (++rows > limits.rows) throw tooManyRows(line, limits)
      const byKey = Object.fromEntries(keys.map(([key, position]) => [key, cells[position] ?? '']))
      const shifted = cells.length > heading.width && !isBlank(cells.slice(heading.width))
      const beside =
        format === 'XLSX' && isBlank(cells.slice(heading.width, heading.width + 1)) ? noteBeside : surplusCells
      yield {
        line,
        cells: byKey as Record<K, string>,
        absent,
        findings: shifted ? [beside(line, cells, heading.width)] : [],
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
  const { lines, sheet } =
    encoding === null
      ? await readXlsx(whole, columns, limits)
      : { lines: readCsv(whole, encoding, delimiterOf(head, encoding, columns), limits), sheet: null }
  try {
    const first = await findHeading(lines, columns)
    if (!first) throw fileEmpty()
    const { heading: headingLine, rest } = await joinHeading(first, lines, columns)
    checkLine(headingLine.line, headingLine.cells, limits)
    const heading = readHeading(headingLine.line, headingLine.cells, columns)
    const findings = [...(sheet ? sheetFindings(sheet) : []), ...heading.findings]
    const refused = heading.findings.some(finding => finding.severity === 'ERROR')
    if (refused) {
      await lines.return(undefined)
      await rest.return(undefined)
    }
    return { format, encoding, findings, rows: readRows(rest, heading, columns, limits, format) }
  } catch (error) {
    await lines.return(undefined)
    throw error
  }
}

const delimiterOf = (head: Uint8Array, encoding: Encoding, columns: readonly Column[]) =>
  sniffDelimiter(new TextDecoder(encoding === 'UTF-8' ? 'utf-8' : 'gb18030').decode(head), cells =>
    countKnownHeadings(cells, columns),
  )

const fileEmpty = (): TableError =>
  new TableError('FILE_EMPTY', { zh: '文件是空的，没有表头', en: 'the file is empty, it has no heading' })
