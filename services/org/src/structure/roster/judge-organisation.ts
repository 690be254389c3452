import {
  accept,
  columnsByKey,
  type Finding,
  fold,
  judgeRow,
  type Normaliser,
  type Row,
  type RowJudge,
  readDate,
  readOrganisationCode,
  readOrganisationName,
  readPersonName,
  readPhone,
  refuse,
} from '@linghang/rosters'
import { addYears, type IsoDate, isBranch } from '@linghang/rulebook'
import {
  type OrganisationColumn,
  type OrganisationKind,
  organisationColumns,
  readOrganisationKind,
  readUnitKind,
  type UnitKind,
} from './columns.ts'

/** An organisation as a roster tells it. */
export type OrganisationRecord = {
  code: string
  name: string
  kind: OrganisationKind
  superiorCode: string | null
  regionCode: string | null
  unitKind: UnitKind | null
  establishedOn: IsoDate | null
  /** The end alone is enough: what is reminded of is counted from it. */
  term: { start: IsoDate | null; end: IsoDate } | null
  secretaryName: string | null
  phone: string | null
}

/** `organisation` is null when the row has an error; code and superior are given as far as they could be read. */
export type JudgedOrganisation = {
  line: number
  code: string | null
  superiorCode: string | null
  organisation: OrganisationRecord | null
  /** Columns of which the row says nothing that can be used: what the register has of them stays. */
  silent: ReadonlySet<OrganisationColumn>
  findings: Finding[]
}

/**
 * Years of a term (任期意见 2018): five of a committee, and of whatever is elected in a village or community; three of
 * another general branch or branch. Where the unit is not known the longer one is no fault.
 */
function termYears(kind: OrganisationKind | null, unitKind: UnitKind | null): number {
  const isSmall = kind !== null && (kind === 'GENERAL_BRANCH' || isBranch(kind))
  return isSmall && unitKind !== null && unitKind !== 'VILLAGE' && unitKind !== 'COMMUNITY' ? 3 : 5
}
/** Elections are put off by a year at most, with approval (基层组织选举工作条例 art. 3). */
const POSTPONED_YEARS = 1

const columns = columnsByKey(organisationColumns)

const missing = (what: string, code: string, zh: string) => ({
  code,
  about: { zh: '必填内容没有填', en: 'a required value is missing' },
  wanted: { zh, en: what },
})

const readRegionCode: Normaliser<string> = cell => {
  const code = fold(cell)
  if (/^\d{6}(\d{3}|\d{6})?$/.test(code)) return accept(code)
  return refuse(
    'BAD_REGION_CODE',
    { zh: '不是行政区划代码', en: 'this is not a region code' },
    { zh: '6、9 或 12 位数字', en: '6, 9 or 12 digits' },
  )
}

function readPastDate(judge: RowJudge<OrganisationColumn>, column: OrganisationColumn, today: IsoDate) {
  const date = judge.read(column, readDate)
  if (date !== null && date > today) {
    judge.report({
      column,
      code: 'FUTURE_DATE',
      about: { zh: '日期在将来', en: 'the date is in the future' },
      wanted: { zh: `不晚于 ${today}`, en: `not after ${today}` },
    })
  }
  return date
}

function readTerm(judge: RowJudge<OrganisationColumn>, years: number, today: IsoDate): OrganisationRecord['term'] {
  const start = readPastDate(judge, 'termStart', today)
  const end = judge.read('termEnd', readDate)
  if (start === null && end === null) return null
  if (end === null) {
    judge.report({
      column: 'termEnd',
      severity: 'WARNING',
      code: 'TERM_INCOMPLETE',
      about: { zh: '任期没有届满日期，届满提醒无法计算', en: 'the term has no end, no reminder can be computed' },
      wanted: { zh: '任期届满日期', en: 'the last day of the term' },
    })
    return null
  }
  if (start === null) return { start, end }
  if (end <= start) {
    judge.report({
      column: 'termEnd',
      code: 'TERM_ENDS_BEFORE_START',
      about: { zh: '任期届满日期不晚于开始日期', en: 'the term does not end after it starts' },
      wanted: { zh: `晚于 ${start}`, en: `after ${start}` },
    })
  } else if (end > addYears(start, years + POSTPONED_YEARS)) {
    judge.report({
      column: 'termEnd',
      severity: 'WARNING',
      code: 'TERM_TOO_LONG',
      about: {
        zh: `任期超过${years === 3 ? '三' : '五'}年加一年延期（《关于党的基层组织任期的意见》）`,
        en: `the term is longer than ${years === 3 ? 'three' : 'five'} years and one of postponement (Opinions on Terms, 2018)`,
      },
      wanted: {
        zh: `不晚于 ${addYears(start, years + POSTPONED_YEARS)}`,
        en: `not after ${addYears(start, years + POSTPONED_YEARS)}`,
      },
    })
  }
  return { start, end }
}

/** Judges one row of organisations.csv by itself; `today` is the date in Asia/Shanghai. Pure. */
export function judgeOrganisation(row: Row<OrganisationColumn>, today: IsoDate): JudgedOrganisation {
  const judge = judgeRow(row, columns)
  const code = judge.require('code', readOrganisationCode, missing('the code', 'CODE_MISSING', '党组织代码'))
  const name = judge.require('name', readOrganisationName, missing('the name', 'NAME_MISSING', '党组织名称'))
  const kind = judge.require('kind', readOrganisationKind, missing('the kind', 'KIND_MISSING', '组织类别'))
  const superiorCode = judge.read('superiorCode', readOrganisationCode)
  const regionCode = judge.read('regionCode', readRegionCode, 'WARNING')
  const unitKind = judge.read('unitKind', readUnitKind, 'WARNING')
  const details = {
    regionCode,
    unitKind,
    establishedOn: readPastDate(judge, 'establishedOn', today),
    term: readTerm(judge, termYears(kind, unitKind), today),
    secretaryName: judge.read('secretaryName', readPersonName, 'WARNING'),
    phone: judge.read('phone', readPhone, 'WARNING'),
  }
  const complete = code !== null && name !== null && kind !== null && !judge.hasErrors()
  const organisation = complete ? { code, name, kind, superiorCode, ...details } : null
  return { line: row.line, code, superiorCode, organisation, silent: judge.silent, findings: judge.findings }
}
