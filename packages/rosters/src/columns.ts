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

/** Headings that are not known are told of one by one up to this many, and together where there are more. */
const UNKNOWN_ONE_BY_ONE = 5

/** Which cell of a line belongs to which column, and what is wrong with the heading. */
export type Heading<K extends string> = { positions: Map<K, number>; width: number; findings: Finding[] }

/** A heading as it is compared: half-width, without spaces, marks of obligation and colons. */
const foldHeading = (text: string) => fold(text).replace(/[*:※]/g, '').toLowerCase()

/** What offices add to a heading for whoever fills it in; other brackets may make it another column. */
const remark = /[([【](必填|选填|必须|可选|可不填|\d+位|文本|如|例|格式|请|yyyy)[^)\]】]*[)\]】]/g

const columnNamed = <K extends string>(names: ReadonlyMap<string, Column<K>>, cell: string): Column<K> | undefined =>
  names.get(foldHeading(cell)) ?? names.get(foldHeading(cell).replace(remark, ''))

function namesOf<K extends string>(columns: readonly Column<K>[]): Map<string, Column<K>> {
  return new Map(columns.flatMap(c => [c.header, ...(c.synonyms ?? [])].map(name => [foldHeading(name), c] as const)))
}

/** How many columns of the roster a line names; a title above the table names none. */
export function countKnownHeadings(cells: readonly string[], columns: readonly Column[]): number {
  const names = namesOf(columns)
  return new Set(cells.map(cell => columnNamed(names, cell)?.key).filter(key => key !== undefined)).size
}

/** The rosters that offices hand in, by headings that only they have. */
const kindsOfRoster = [
  {
    name: { zh: '党组织名册', en: 'a roster of organisations' },
    headings: ['党组织代码', '党组织名称', '组织类别', '上级党组织代码'],
  },
  {
    name: { zh: '党员名册', en: 'a roster of people' },
    headings: ['姓名', '公民身份号码', '人员类别', '所在党支部代码'],
  },
]
/** Of these headings a file of another kind names one at most. */
const HEADINGS_OF_ANOTHER = 3

/** Another roster that a file without the required columns looks like. */
function anotherRoster(cells: readonly string[]): { zh: string; en: string } | undefined {
  const given = new Set(cells.map(cell => foldHeading(cell).replace(remark, '')))
  return kindsOfRoster.find(
    ({ headings }) => headings.filter(name => given.has(foldHeading(name))).length >= HEADINGS_OF_ANOTHER,
  )?.name
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
  const unknown: string[] = []
  for (const [position, cell] of cells.entries()) {
    if (foldHeading(cell) === '') continue
    const column = columnNamed(names, cell)
    if (!column) unknown.push(cell)
    else if (positions.has(column.key)) findings.push(repeatedColumn(line, cell, column))
    else positions.set(column.key, position)
  }
  findings.push(
    ...(unknown.length > UNKNOWN_ONE_BY_ONE
      ? [unknownColumns(line, unknown, columns)]
      : unknown.map(cell => unknownColumn(line, cell, columns))),
  )
  const missing = columns.filter(column => column.required && !positions.has(column.key))
  const another = missing.length > 0 ? anotherRoster(cells) : undefined
  if (another) return { positions, width: cells.length, findings: [rosterOfAnother(line, another, columns)] }
  findings.push(...missing.map(column => missingColumn(line, cells, column)))
  return { positions, width: cells.length, findings }
}

const rosterOfAnother = (line: number, another: { zh: string; en: string }, columns: readonly Column[]): Finding => {
  const wanted = columns.filter(column => column.required).map(column => column.header)
  return createFinding({
    line,
    column: null,
    severity: 'ERROR',
    code: 'ANOTHER_ROSTER',
    found: another.zh,
    about: {
      zh: `这像是${another.zh}，请在导入${another.zh}的地方上传`,
      en: `this looks like ${another.en}: upload it where those are imported`,
    },
    wanted: { zh: `有这些列的名册：${wanted.join('、')}`, en: `a roster with the columns ${wanted.join(', ')}` },
  })
}

const missingColumn = (line: number, cells: readonly string[], column: Column): Finding =>
  createFinding({
    line,
    column: column.header,
    severity: 'ERROR',
    code: 'COLUMN_MISSING',
    found: cells.filter(cell => cell.trim() !== '').join('、'),
    about: { zh: '表头缺少必需的列', en: 'a required column is missing from the heading' },
    wanted: {
      zh: `一列名为“${column.header}”（Excel 文件只读取第一个可见的工作表）`,
      en: `a column named “${column.header}” (of a workbook the first visible sheet is read)`,
    },
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

const unknownColumns = (line: number, cells: readonly string[], columns: readonly Column[]): Finding =>
  createFinding({
    line,
    column: null,
    severity: 'WARNING',
    code: 'COLUMN_UNKNOWN',
    found: cells.map(cell => cell.trim()).join('、'),
    about: {
      zh: `有 ${cells.length} 列不认识，不会导入`,
      en: `${cells.length} columns are not known and are not imported`,
    },
    wanted: {
      zh: columns.map(column => column.header).join('、'),
      en: `some of: ${columns.map(column => column.header).join(', ')}`,
    },
  })

/** What a finding may repeat of a cell of this column. */
export function showCell(column: Pick<Column, 'holds'>, cell: string): string {
  if (column.holds === 'ID_NUMBER') return maskIdNumber(cell)
  if (column.holds === 'PHONE') return maskPhone(cell)
  return cell
}
