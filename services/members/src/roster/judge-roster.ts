import {
  columnsByKey,
  createFinding,
  type Finding,
  judgeRow,
  maskIdNumber,
  type Row,
  type RowJudge,
  readOrganisationCode,
  readPersonName,
  readPhone,
  readText,
  readYesNo,
  readYuan,
} from '@linghang/rosters'
import type { IdNumberContent, IsoDate } from '@linghang/rulebook'
import { readDuesCategory, readEducation, readEthnicity, readPersonKind } from './coded-values.ts'
import { type MemberColumn, memberColumns } from './columns.ts'
import { createSeenPeople, readIdentity, type SamePerson } from './identity-rules.ts'
import type { MemberRecord } from './member-record.ts'
import { judgeStages, readStageDates } from './stage-rules.ts'

/** What the rules must be told about the world. */
export type RosterSurroundings = {
  /** The date in Asia/Shanghai. */
  today: IsoDate
  /** What the county has under this code: a branch, another organisation, or nothing. */
  lookUpOrganisation(code: string): 'BRANCH' | 'OTHER' | undefined
  /** The code of the branch where the county's register has this person, if it has; '' for one that is not to be named. */
  lookUpRegisteredBranch?(idNumber: string): string | undefined
}

/**
 * `member` is null when the row has an error. Findings name their line: one may be about an earlier line, see
 * `createSeenPeople`.
 */
export type JudgedMember = { line: number; member: MemberRecord | null; findings: Finding[] }

type Judge = RowJudge<MemberColumn>

const columns = columnsByKey(memberColumns)

const missing = (code: string, zh: string, en: string) => ({
  code,
  about: { zh: '必填内容没有填', en: 'a required value is missing' },
  wanted: { zh, en },
})

/** Every member belongs to a branch (党员教育管理工作条例 2019, art. 25). */
function readBranch(judge: Judge, { lookUpOrganisation }: RosterSurroundings): string | null {
  const wanted = { zh: '本县（市、区）已登记党支部的代码', en: 'the code of a registered branch of this county' }
  const code = judge.require('organisationCode', readOrganisationCode, {
    code: 'BRANCH_MISSING',
    about: { zh: '必填内容没有填', en: 'a required value is missing' },
    wanted,
  })
  if (code === null) return null
  const found = lookUpOrganisation(code)
  if (found === undefined) {
    const about = { zh: '没有登记过这个党支部', en: 'no such branch is registered' }
    judge.report({ column: 'organisationCode', code: 'UNKNOWN_BRANCH', about, wanted })
  } else if (found === 'OTHER') {
    const about = {
      zh: '这是党委、党工委或党总支，党员应编入党支部（《党员教育管理工作条例》第二十五条）',
      en: 'this is not a branch, and every member belongs to one (Regulations on Education and Management, art. 25)',
    }
    judge.report({ column: 'organisationCode', code: 'NOT_A_BRANCH', about, wanted })
  }
  return code
}

/** The finding may belong to an earlier line, which is refused already. */
function samePerson({ wrongLine, otherLine }: SamePerson, idNumber: string): Finding {
  return createFinding({
    line: wrongLine,
    column: columns.get('idNumber')!.header,
    severity: 'ERROR',
    code: 'DUPLICATE_PERSON',
    found: maskIdNumber(idNumber),
    about: { zh: `与第 ${otherLine} 行是同一个身份号码`, en: `the same ID number stands in line ${otherLine}` },
    wanted: { zh: '每人只占一行', en: 'one line for each person' },
  })
}

function judgeOtherBranch(
  judge: Judge,
  { number }: IdNumberContent,
  branch: string | null,
  surroundings: RosterSurroundings,
): void {
  const registered = surroundings.lookUpRegisteredBranch?.(number)
  if (registered === undefined || branch === null || registered === branch) return
  const elsewhere = registered
    ? { zh: `党支部 ${registered}`, en: `branch ${registered}` }
    : { zh: '本县其他党支部', en: 'another branch of the county' }
  judge.report({
    column: 'organisationCode',
    code: 'REGISTERED_IN_ANOTHER_BRANCH',
    about: {
      zh: `此人已登记在${elsewhere.zh}；名册不能代替组织关系转接`,
      en: `this person is registered in ${elsewhere.en}; a roster does not replace a transfer`,
    },
    wanted: { zh: `${elsewhere.zh}，或先办理转接`, en: `${elsewhere.en}, or a transfer first` },
  })
}

function readDetails(judge: Judge) {
  return {
    ethnicity: judge.read('ethnicity', readEthnicity, 'WARNING'),
    education: judge.read('education', readEducation),
    post: judge.read('post', readText),
    phone: judge.read('phone', readPhone, 'WARNING'),
    duesCategory: judge.read('duesCategory', readDuesCategory),
    duesBaseFen: judge.read('duesBase', readYuan),
    floating: judge.read('floating', readYesNo) ?? false,
    lostContact: judge.read('lostContact', readYesNo) ?? false,
  }
}

/**
 * Judges the rows of members.csv in their order; remembers who came before, so a file wants a judge of its own.
 * Every rule that a row breaks is reported, not only the first.
 * Pure but for that memory, so a reading that begins anew judges as the first did.
 */
export function createRosterJudge(surroundings: RosterSurroundings): (row: Row<MemberColumn>) => JudgedMember {
  const seenPeople = createSeenPeople()
  return row => {
    const judge = judgeRow(row, columns)
    const name = judge.require('name', readPersonName, missing('NAME_MISSING', '姓名', 'the name'))
    const identity = readIdentity(judge, surroundings.today)
    const { content, birthDate, sex } = identity
    const kind = judge.require('kind', readPersonKind, missing('KIND_MISSING', '人员类别', 'the kind of person'))
    const organisationCode = readBranch(judge, surroundings)
    const dates = readStageDates(judge, kind, surroundings.today)
    judgeStages(judge, dates, kind, birthDate)
    const details = readDetails(judge)
    const same = seenPeople.note(identity, row.line)
    if (content) {
      if (same) judge.findings.push(samePerson(same, content.number))
      judgeOtherBranch(judge, content, organisationCode, surroundings)
    }
    const hasErrors = judge.findings.some(({ line, severity }) => severity === 'ERROR' && line === row.line)
    const complete = name && content && birthDate && sex && kind && organisationCode && !hasErrors
    const member = complete
      ? { name, idNumber: content.number, sex, birthDate, kind, organisationCode, ...dates, ...details }
      : null
    return { line: row.line, member, findings: judge.findings }
  }
}
