import { type Column, showCell } from './columns.ts'
import { createFinding, type Finding, type Severity, type Text } from './finding.ts'
import type { Normaliser } from './normalise/reading.ts'
import type { Row } from './read-table.ts'

/** What a rule reports about a row. `found` is what the column's cell holds, masked where it must be. */
export type Report<K extends string> = { column: K; severity?: Severity; code: string; about: Text; wanted: Text }

/** Reads the cells of one row and gathers what is wrong with them. */
export type RowJudge<K extends string> = {
  line: number
  findings: Finding[]
  /** The cell as it is meant; null when it is blank or was refused (then a finding says so). */
  read<T>(column: K, normalise: Normaliser<T>, severity?: Severity): T | null
  /** As `read`, and a blank cell is an error with this code. */
  require<T>(column: K, normalise: Normaliser<T>, missing: { code: string; about: Text; wanted: Text }): T | null
  report(report: Report<K>): void
  isBlank(column: K): boolean
  /** Columns of which the row says nothing that can be used: the file lacks them, or the cell cannot be read. What stands stays. */
  silent: ReadonlySet<K>
  /** Whether an error was found in the row so far. */
  hasErrors(): boolean
}

const isBlank = (cell: string) => cell.replace(/[\p{Cc}\u200b-\u200f\ufeff]/gu, '').trim() === ''

/** How offices write that there is nothing to write: read as a blank cell where nothing else is meant by it. */
const saysNothing = (cell: string) => /^(无|没有|暂无|\/|／|[-－—–]+)$/.test(cell.normalize('NFKC').trim())

/** Begins to judge a row of a roster with these columns. */
export function judgeRow<K extends string>(row: Row<K>, columns: ReadonlyMap<K, Column<K>>): RowJudge<K> {
  const findings = [...row.findings]
  const silent = new Set(row.absent)
  const report = ({ column: key, severity = 'ERROR', code, about, wanted }: Report<K>): void => {
    const column = columns.get(key)!
    const found = showCell(column, row.cells[key])
    findings.push(createFinding({ line: row.line, column: column.header, severity, code, found, about, wanted }))
  }
  function read<T>(column: K, normalise: Normaliser<T>, severity: Severity = 'ERROR'): T | null {
    const cell = row.cells[column]
    if (isBlank(cell)) return null
    const { value, refusal } = normalise(cell)
    if (!refusal) return value
    if (saysNothing(cell)) return null
    report({ column, severity, ...refusal })
    silent.add(column)
    return null
  }
  return {
    line: row.line,
    findings,
    silent,
    read,
    require(column, normalise, missing) {
      if (isBlank(row.cells[column])) report({ column, ...missing })
      return read(column, normalise)
    },
    report,
    isBlank: column => isBlank(row.cells[column]),
    hasErrors: () => findings.some(finding => finding.severity === 'ERROR'),
  }
}

/** The columns of a roster by key. */
export const columnsByKey = <K extends string>(columns: readonly Column<K>[]): ReadonlyMap<K, Column<K>> =>
  new Map(columns.map(column => [column.key, column]))
