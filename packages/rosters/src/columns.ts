import { createFinding, type Finding, maskIdNumber, maskPhone } from './finding.ts'
import { fold } from './normalise/text.ts'

/** A column of a roster: the key that code uses, the heading that offices are given, and what else they write. */
export type Column<K extends string = string> = {
  key: K
  header: string
  synonyms?: readonly string[]
  /** Without this column the file is refused as a whole. */
  required?: boolean
  /** What the column holds that a finding must not repeat whole. */
  holds?: 'ID_NUMBER' | 'PHONE'
}

/** Which cell of a line belongs to which column, and what is wrong with the heading. */
export type Heading<K extends string> = { positions: Map<K, number>; width: number; findings: Finding[] }

/** A heading as it is compared: half-width, without spaces, marks of obligation and colons. */
const foldHeading = (text: string) => fold(text).replace(/[*:※]/g, '').toLowerCase()

function namesOf<K extends string>(columns: readonly Column<K>[]): Map<string, Column<K>> {
  return new Map(columns.flatMap(c => [c.header, ...(c.synonyms ?? [])].map(name => [foldHeading(name), c] as const)))
}

/** How many columns of the roster a line names; a title above the table names none. */
export function countKnownHeadings(cells: readonly string[], columns: readonly Column[]): number {
  const names = namesOf(columns)
  return new Set(cells.map(cell => names.get(foldHeading(cell))?.key).filter(key => key !== undefined)).size
}

/** Finds the columns by name, in any order, and says what is missing, doubled or unknown. */
export function readHeading<K extends string>(
  line: number,
  cells: readonly string[],
  columns: readonly Column<K>[],
): Heading<K> {
  const names = namesOf(columns)
  const positions = new Map<K, number>()
  const findings: Finding[] = []
  for (const [position, cell] of cells.entries()) {
    if (foldHeading(cell) === '') continue
    const column = names.get(foldHeading(cell))
    if (!column) findings.push(unknownColumn(line, cell, columns))
    else if (positions.has(column.key)) findings.push(repeatedColumn(line, cell, column))
    else positions.set(column.key, position)
  }
  const missing = columns.filter(column => column.required && !positions.has(column.key))
  findings.push(...missing.map(column => missingColumn(line, cells, column)))
  return { positions, width: cells.length, findings }
}

const missingColumn = (line: number, cells: readonly string[], column: Column): Finding =>
  createFinding({
    line,
    column: column.header,
    severity: 'ERROR',
    code: 'COLUMN_MISSING',
    found: cells.filter(cell => cell.trim() !== '').join('、'),
    about: { zh: '表头缺少必需的列', en: 'a required column is missing from the heading' },
    wanted: { zh: `一列名为“${column.header}”`, en: `a column named “${column.header}”` },
  })

const repeatedColumn = (line: number, cell: string, column: Column): Finding =>
  createFinding({
    line,
    column: column.header,
    severity: 'ERROR',
    code: 'COLUMN_REPEATED',
    found: cell,
    about: { zh: '同一列在表头出现了两次', en: 'the same column stands in the heading twice' },
    wanted: { zh: `只保留一列“${column.header}”`, en: `one column “${column.header}” only` },
  })

const unknownColumn = (line: number, cell: string, columns: readonly Column[]): Finding =>
  createFinding({
    line,
    column: cell,
    severity: 'WARNING',
    code: 'COLUMN_UNKNOWN',
    found: cell,
    about: { zh: '不认识这一列，不会导入', en: 'this column is not known and is not imported' },
    wanted: {
      zh: columns.map(column => column.header).join('、'),
      en: `one of: ${columns.map(column => column.header).join(', ')}`,
    },
  })

/** What a finding may repeat of a cell of this column. */
export function showCell(column: Pick<Column, 'holds'>, cell: string): string {
  if (column.holds === 'ID_NUMBER') return maskIdNumber(cell)
  if (column.holds === 'PHONE') return maskPhone(cell)
  return cell
}
