import type { Text } from './finding.ts'

/** Why a file cannot be read as a table at all, or not further. */
export type TableErrorCode =
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'FORMAT_NOT_SUPPORTED'
  | 'ENCODING_NOT_SUPPORTED'
  | 'BROKEN_CSV'
  | 'BROKEN_XLSX'
  | 'TOO_MANY_ROWS'
  | 'TOO_MANY_COLUMNS'
  | 'CELL_TOO_LONG'

/** Ends the reading of a file: nothing after it can be trusted. Carries a stable code and a text for people. */
export class TableError extends Error {
  readonly code: TableErrorCode
  readonly text: Text
  readonly line: number | null

  constructor(code: TableErrorCode, text: Text, line: number | null = null) {
    super(`${code}: ${text.en}`)
    this.name = 'TableError'
    this.code = code
    this.text = text
    this.line = line
  }
}
