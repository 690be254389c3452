import {
  columnsByKey,
  createFinding,
  type Finding,
  hasLostCharacter,
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
import { type PersonKind, readDuesCategory, readEducation, readEthnicity, readPersonKind } from './coded-values.ts'
import { type MemberColumn, memberColumns } from './columns.ts'
import { createSeenPeople, readIdentity, type SamePerson } from './identity-rules.ts'
import type { MemberRecord, StageDates } from './member-record.ts'
import { judgeStages, readStageDates } from './stage-rules.ts'

/** What the rules must be told about the world. */
export type RosterSurroundings = {
  /** The date in Asia/Shanghai. */
  today: IsoDate
  /** What the county has under this code: a branch, another organisation, one that has ended, or nothing. */
  lookUpOrganisation(code: string): 'BRANCH' | 'OTHER' | 'ENDED' | undefined
  /** What the county's register has of this person, if it has. */
  lookUpRegistered?(idNumber: string): Registered | undefined
}

/** A person as the register has them before the roster. */
export type Registered = {
  /** '' for a branch that is not to be named. */
  branch: string
  /** The day on which they left it; null for whoever is in it. */
  leftOn: IsoDate | null
  /** Where they stand by their open development case, whose own steps decide it; null where no case does. */
  decided: (StageDates & { kind: PersonKind }) | null
}

/**
 * `member` is null when the row has an error. Findings name their line: one may be about an earlier line, see
 * `createSeenPeople`.
 */
export type JudgedMember = {
  line: number
  member: MemberRecord | null
  /** Columns of which the row says nothing that can be used: what the register has of them stays. */
  silent: ReadonlySet<MemberColumn>
  findings: Finding[]
}

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
    about: {
      zh: '必填内容没有填（合并的单元格只有第一行有内容，请取消合并后逐行填写）',
      en: 'a required value is missing (merged cells hold it in their first line alone: unmerge them and fill in each)',
    },
    wanted,
  })
  if (code === null) return null
  const found = lookUpOrganisation(code)
  if (found === undefined) {
    const about = { zh: '没有登记过这个党支部', en: 'no such branch is registered' }
    judge.report({ column: 'organisationCode', code: 'UNKNOWN_BRANCH', about, wanted })
  } else if (found === 'ENDED') {
    const about = {
      zh: '这个党组织已撤销或合并，不能再编入人员',
      en: 'this organisation was dissolved or merged, and nobody is placed there any more',
    }
    judge.report({ column: 'organisationCode', code: 'ORGANISATION_ENDED', about, wanted })
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
  const registered = surroundings.lookUpRegistered?.(number)
  if (registered?.leftOn) {
    judge.report({
      column: 'idNumber',
      code: 'HAS_LEFT',
      about: {
        zh: `登记显示此人已于 ${registered.leftOn} 离开；名册不能代替重新登记`,
        en: `the register says that this person left on ${registered.leftOn}; a roster does not register anew`,
      },
      wanted: {
        zh: '从名册中去掉，或先撤销离开（误登记）、重新登记（本人回来）',
        en: 'nobody, or first the leaving undone (a mistake) or the person registered again (who has come back)',
      },
    })
    return
  }
  if (registered === undefined || branch === null || registered.branch === branch) return
  const elsewhere = registered.branch
    ? { zh: `党支部 ${registered.branch}`, en: `branch ${registered.branch}` }
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

const decidedColumns = ['kind', 'appliedOn', 'activistSince', 'candidateSince', 'joinedOn', 'fullMemberSince'] as const

/** Where somebody stands is decided step by step while their case is open: a roster that says otherwise is told so. */
function leaveToCase(
  judge: Judge,
  said: (StageDates & { kind: PersonKind }) | null,
  decided: Registered['decided'],
): ReadonlySet<MemberColumn> {
  const differing =
    decided && said
      ? decidedColumns.filter(column => !judge.silent.has(column) && said[column] !== decided[column])
      : []
  for (const column of differing)
    judge.report({
      column,
      severity: 'WARNING',
      code: 'CASE_DECIDES',
      about: {
        zh: '与办理中的发展个案不一致，这一列未导入，登记内容不变',
        en: 'this contradicts the open development case; the column is not imported, what is registered stays',
      },
      wanted: {
        zh: `个案中的 ${decided?.[column] ?? '（空）'}，或在个案中办理`,
        en: `${decided?.[column] ?? 'nothing'}, as in the case, or the step done there`,
      },
    })
  return decided ? new Set([...judge.silent, ...decidedColumns]) : judge.silent
}

function readDetails(judge: Judge) {
  return {
    ethnicity: judge.read('ethnicity', readEthnicity, 'WARNING'),
    education: judge.read('education', readEducation, 'WARNING'),
    post: judge.read('post', readText),
    phone: judge.read('phone', readPhone, 'WARNING'),
    duesCategory: judge.read('duesCategory', readDuesCategory, 'WARNING'),
    duesBaseFen: judge.read('duesBase', readYuan),
    floating: judge.read('floating', readYesNo, 'WARNING') ?? false,
    lostContact: judge.read('lostContact', readYesNo, 'WARNING') ?? false,
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
    if (name !== null && hasLostCharacter(name))
      judge.report({
        column: 'name',
        severity: 'WARNING',
        code: 'NAME_HAS_LOST_CHARACTER',
        about: {
          zh: '姓名里有问号，可能是生僻字在保存时丢失了',
          en: 'there is a question mark in the name: a rare character may have been lost when the file was saved',
        },
        wanted: {
          zh: '完整的姓名；请另存为 .xlsx 或 CSV（UTF-8）',
          en: 'the whole name; save the file as .xlsx or CSV (UTF-8)',
        },
      })
    const identity = readIdentity(judge, surroundings.today)
    const { content, birthDate, sex } = identity
    const kind = judge.require('kind', readPersonKind, missing('KIND_MISSING', '人员类别', 'the kind of person'))
    const organisationCode = readBranch(judge, surroundings)
    const dates = readStageDates(judge, kind, surroundings.today)
    judgeStages(judge, dates, kind, birthDate, surroundings.today)
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
    const decided = member && content ? (surroundings.lookUpRegistered?.(content.number)?.decided ?? null) : null
    const silent = leaveToCase(judge, member, decided)
    return { line: row.line, member, silent, findings: judge.findings }
  }
}
