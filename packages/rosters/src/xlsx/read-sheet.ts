import { type Column, countKnownHeadings } from '../columns.ts'
import type { TableLimits } from '../limits.ts'
import { LINES_BEFORE_HEADING, type RawLine } from '../read-csv.ts'
import { TableError } from '../table-error.ts'
import { dateOfSerial, textOfNumber } from './cell-value.ts'
import { columnOf, fillDown, readMergedDown } from './merged-cells.ts'
import { openWorkbook, type Sheet, type Workbook } from './open-workbook.ts'
import { type Attributes, brokenXlsx, parseXml, type XmlListener } from './parse-xml.ts'

/** Sheets that are looked at for a heading. */
const MAX_SHEETS_LOOKED_AT = 20

/** The text of a cell, given its type, its style and what is stored in it. */
function cellText(type: string, style: number, stored: string, workbook: Workbook): string {
  switch (type) {
    case 's':
      return workbook.sharedStrings.get(Number(stored)) ?? ''
    case 'b':
      return stored === '1' ? '是' : '否'
    case 'd':
      return stored.slice(0, 10)
    case 'n': {
      const date = workbook.dateStyles[style] ? dateOfSerial(Number(stored), workbook.from1904) : null
      return date ?? textOfNumber(stored)
    }
    default:
      return stored
  }
}

/** Gathers the lines of a sheet out of its XML; `drain` hands over those that are complete. */
function createLineCollector(workbook: Workbook, limits: TableLimits) {
  let done: RawLine[] = []
  let blank = 0
  let current: RawLine = { line: 0, cells: [] }
  let cell: Attributes = {}
  let column = -1
  let stored = ''
  let collecting = false

  function openCell(attributes: Attributes): void {
    cell = attributes
    stored = ''
    column = attributes.r ? columnOf(attributes.r) : column + 1
    if (column >= limits.columns) {
      throw new TableError(
        'TOO_MANY_COLUMNS',
        {
          zh: `第 ${current.line} 行超过 ${limits.columns} 列的上限`,
          en: `line ${current.line} has more than ${limits.columns} columns`,
        },
        current.line,
      )
    }
  }

  function closeCell(): void {
    while (current.cells.length < column) current.cells.push('')
    current.cells[column] = cellText(cell.t ?? 'n', Number(cell.s ?? 0), stored, workbook)
  }

  const listener: XmlListener = {
    open(name, attributes) {
      if (name === 'row') {
        current = { line: attributes.r ? Number(attributes.r) : current.line + 1, cells: [] }
        column = -1
      } else if (name === 'c') openCell(attributes)
      else if (name === 'v' || name === 't') collecting = true
      else if (name === 'rPh') cell = { ...cell, phonetic: 'yes' }
    },
    text(text) {
      // Whether a long cell is refused depends on its column; what is longer than any may be is not held.
      if (collecting && !cell.phonetic && stored.length <= limits.cellCharacters) stored += text
    },
    close(name) {
      if (name === 'v' || name === 't') collecting = false
      else if (name === 'rPh') cell = { ...cell, phonetic: '' }
      else if (name === 'c') closeCell()
      else if (name === 'row') {
        if (current.cells.length === 0 && ++blank > limits.blankRows)
          throw brokenXlsx(`more than ${limits.blankRows} rows without a cell`)
        if (current.cells.length > 0) done.push(current)
      }
    },
  }
  const drain = () => {
    const lines = done
    done = []
    return lines
  }
  return { listener, drain }
}

async function* linesOf(sheet: Sheet, workbook: Workbook, limits: TableLimits): AsyncGenerator<RawLine> {
  const { listener, drain } = createLineCollector(workbook, limits)
  yield* parseXml(sheet.bytes(), listener, drain)
}

/** Whether one of the first lines of a sheet names columns of this roster. */
async function holdsHeading(
  sheet: Sheet,
  workbook: Workbook,
  columns: readonly Column[],
  limits: TableLimits,
): Promise<boolean> {
  let seen = 0
  for await (const { cells } of linesOf(sheet, workbook, limits)) {
    if (countKnownHeadings(cells, columns) >= Math.min(2, columns.length)) return true
    if (cells.some(cell => cell.trim() !== '') && ++seen >= LINES_BEFORE_HEADING) return false
  }
  return false
}

/** Which sheet is the roster, and the names of others that look like one and are not read. */
export type ChosenSheet = { name: string; isFirst: boolean; notRead: string[] }

/**
 * The lines of the sheet that holds the roster: the first visible one with its heading, since instructions often stand
 * in front; without any, the first visible one. Throws `TableError`.
 */
export async function readSheet(
  file: Buffer,
  columns: readonly Column[],
  limits: TableLimits,
): Promise<{ sheet: ChosenSheet; lines: AsyncIterable<RawLine> }> {
  const workbook = await openWorkbook(file, limits)
  const withHeading: Sheet[] = []
  for (const sheet of workbook.sheets.slice(0, MAX_SHEETS_LOOKED_AT))
    if (await holdsHeading(sheet, workbook, columns, limits)) withHeading.push(sheet)
  const chosen = withHeading[0] ?? (workbook.sheets[0] as Sheet)
  const fill = fillDown(await readMergedDown(chosen.bytes()))
  async function* lines() {
    for await (const { line, cells } of linesOf(chosen, workbook, limits)) yield { line, cells: fill(line, cells) }
  }
  const notRead = withHeading.slice(1).map(({ name }) => name)
  return { sheet: { name: chosen.name, isFirst: chosen === workbook.sheets[0], notRead }, lines: lines() }
}
