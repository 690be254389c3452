export { type Column, type Heading, showCell } from './columns.ts'
export type { Encoding } from './encoding.ts'
export {
  createFinding,
  type Finding,
  findingsToCsv,
  maskIdNumber,
  maskPhone,
  type Severity,
  type Text,
} from './finding.ts'
export * from './imports/roster-import.ts'
export { judgeForm } from './judge-form.ts'
export { columnsByKey, judgeRow, type Report, type RowJudge } from './judge-row.ts'
export { defaultLimits, type TableLimits } from './limits.ts'
export { type CodedValue, createCodedReader, readYesNo } from './normalise/coded.ts'
export { readDate } from './normalise/date.ts'
export { readIdNumberCell } from './normalise/id-number.ts'
export { readYuan } from './normalise/money.ts'
export { readPhone } from './normalise/phone.ts'
export { accept, type Normaliser, type Reading, type Refusal, refuse } from './normalise/reading.ts'
export {
  fold,
  foldCode,
  hasLostCharacter,
  readOrganisationCode,
  readOrganisationName,
  readPersonName,
  readText,
  tidy,
} from './normalise/text.ts'
export { type Row, readTable, type Table } from './read-table.ts'
export { TableError, type TableErrorCode } from './table-error.ts'
