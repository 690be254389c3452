import { type RowJudge, readDate } from '@linghang/rosters'
import { ADMISSION_AGE_YEARS, addYears, birthdayAt, type IsoDate } from '@linghang/rulebook'
import { type PersonKind, personKinds } from './coded-values.ts'
import type { MemberColumn } from './columns.ts'
import type { StageDates } from './member-record.ts'

type Judge = RowJudge<MemberColumn>
type StageColumn = keyof StageDates

/** The stages in their order, each with the kind of person who has reached it. */
const stages: readonly { column: StageColumn; kind: PersonKind; zh: string; en: string }[] = [
  { column: 'appliedOn', kind: 'APPLICANT', zh: '递交入党申请书', en: 'applied' },
  { column: 'activistSince', kind: 'ACTIVIST', zh: '确定为入党积极分子', en: 'became an activist' },
  { column: 'candidateSince', kind: 'CANDIDATE', zh: '确定为发展对象', en: 'became a candidate' },
  { column: 'joinedOn', kind: 'PROBATIONARY', zh: '加入党组织', en: 'joined' },
  { column: 'fullMemberSince', kind: 'FULL', zh: '转为正式党员', en: 'became a full member' },
]

/** The date of a column; a date after today is an error, because a register holds what has happened. */
export function readPastDate(judge: Judge, column: MemberColumn, today: IsoDate): IsoDate | null {
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

/** Rosters often give a probationary member the day on which the year will be over: expected, not yet a fact. */
function readFullMemberSince(judge: Judge, kind: PersonKind | null, today: IsoDate): IsoDate | null {
  if (kind !== 'PROBATIONARY') return readPastDate(judge, 'fullMemberSince', today)
  const date = judge.read('fullMemberSince', readDate)
  if (date === null || date <= today) return date
  judge.report({
    column: 'fullMemberSince',
    severity: 'WARNING',
    code: 'EXPECTED_CONVERSION_IGNORED',
    about: { zh: '预备党员的转正日期在将来，未导入', en: 'the conversion is still to come, its date is not imported' },
    wanted: { zh: '转正以后再填写', en: 'nothing until it has happened' },
  })
  return null
}

/** Reads the five dates; those in the future are reported. */
export function readStageDates(judge: Judge, kind: PersonKind | null, today: IsoDate): StageDates {
  return {
    appliedOn: readPastDate(judge, 'appliedOn', today),
    activistSince: readPastDate(judge, 'activistSince', today),
    candidateSince: readPastDate(judge, 'candidateSince', today),
    joinedOn: readPastDate(judge, 'joinedOn', today),
    fullMemberSince: readFullMemberSince(judge, kind, today),
  }
}

/** The constitution of the Eighth Congress asked for 18 years; before it younger people were admitted. */
const ageFrom = '1956-09-15'
/**
 * The Eleventh Congress brought probation back, which the Ninth (1969) had ended: who joined between them has one date
 * for both. Candidates before 1956 had half a year, a year or two. What was right then nobody can correct now.
 */
const probationYearFrom = '1977-08-12'

/** Whoever applies, and so whoever joins, has completed 18 years (党章 art. 1; 发展党员工作细则 2014, art. 5). */
function judgeAge(judge: Judge, dates: StageDates, birthDate: IsoDate | null): void {
  if (birthDate === null) return
  const ofAge = birthdayAt(birthDate, ADMISSION_AGE_YEARS)
  if (dates.joinedOn !== null && dates.joinedOn < ofAge) {
    judge.report({
      column: 'joinedOn',
      severity: dates.joinedOn < ageFrom ? 'WARNING' : 'ERROR',
      code: 'JOINED_UNDER_18',
      about: { zh: '入党时未满十八岁（党章第一条）', en: 'joined before the age of 18 (Constitution, art. 1)' },
      wanted: { zh: `不早于年满十八岁之日 ${ofAge}`, en: `not before the eighteenth birthday, ${ofAge}` },
    })
  }
  if (dates.appliedOn !== null && dates.appliedOn < ofAge) {
    judge.report({
      column: 'appliedOn',
      severity: 'WARNING',
      code: 'APPLIED_UNDER_18',
      about: {
        zh: '递交申请书时未满十八岁（《发展党员工作细则》第五条）',
        en: 'applied before the age of 18 (development rules, art. 5)',
      },
      wanted: { zh: `不早于年满十八岁之日 ${ofAge}`, en: `not before the eighteenth birthday, ${ofAge}` },
    })
  }
}

/** Nobody is a member before 18, with or without dates; whoever is on the way and younger is worth a look. */
function judgeAgeOfKind(judge: Judge, kind: PersonKind | null, birthDate: IsoDate | null, today: IsoDate): void {
  const ofAge = birthDate && birthdayAt(birthDate, ADMISSION_AGE_YEARS)
  if (kind === null || ofAge === null || ofAge <= today) return
  judge.report({
    column: 'kind',
    severity: kind === 'PROBATIONARY' || kind === 'FULL' ? 'ERROR' : 'WARNING',
    code: 'TOO_YOUNG_FOR_KIND',
    about: { zh: '此人未满十八岁（党章第一条）', en: 'this person is not 18 yet (Constitution, art. 1)' },
    wanted: { zh: `年满十八岁（${ofAge}）以后`, en: `after the eighteenth birthday, ${ofAge}` },
  })
}

/** One stage after the other; the first date that is earlier than the one before it is reported. */
function judgeOrder(judge: Judge, dates: StageDates): void {
  const known = stages.filter(stage => dates[stage.column] !== null)
  for (const [index, stage] of known.slice(1).entries()) {
    const before = known[index]!
    if (dates[stage.column]! >= dates[before.column]!) continue
    // Many rosters carry the date of a rewritten application, which is later than the decision on the activist.
    const severity = stage.column === 'activistSince' ? 'WARNING' : 'ERROR'
    judge.report({
      column: stage.column,
      severity,
      code: 'STAGES_OUT_OF_ORDER',
      about: { zh: `早于“${before.zh}”`, en: `earlier than the day on which the person ${before.en}` },
      wanted: { zh: `不早于 ${dates[before.column]}`, en: `not before ${dates[before.column]}` },
    })
  }
}

function judgeYears(
  judge: Judge,
  { activistSince, candidateSince, joinedOn, fullMemberSince }: StageDates,
  kind: PersonKind | null,
  today: IsoDate,
): void {
  // Without a date of their own full members are as of today what they are.
  const since = fullMemberSince ?? (kind === 'FULL' && judge.isBlank('fullMemberSince') ? today : null)
  if (joinedOn !== null && since !== null && joinedOn < probationYearFrom && since < addYears(joinedOn, 1)) {
    if (since < joinedOn || joinedOn >= '1969-04-01') return
    judge.report({
      column: 'fullMemberSince',
      severity: 'WARNING',
      code: 'FULL_MEMBER_WITHIN_A_YEAR',
      about: {
        zh: '转正距入党不满一年；1956 年以前候补期长短不一，请核对',
        en: 'less than a year after joining; candidate terms before 1956 differed, have a look',
      },
      wanted: { zh: '当时批准的日期', en: 'the dates as they were approved then' },
    })
  } else if (joinedOn !== null && since !== null && since < addYears(joinedOn, 1)) {
    judge.report({
      column: 'fullMemberSince',
      code: 'FULL_MEMBER_WITHIN_A_YEAR',
      about: {
        zh: '预备期不满一年（《发展党员工作细则》2014 年版第三十二条、2026 年版第三十一条）',
        en: 'less than a year of probation (development rules 2014, art. 32; 2026, art. 31)',
      },
      wanted: { zh: `不早于 ${addYears(joinedOn, 1)}`, en: `not before ${addYears(joinedOn, 1)}` },
    })
  }
  if (activistSince !== null && candidateSince !== null && candidateSince >= activistSince) {
    if (candidateSince >= addYears(activistSince, 1)) return
    judge.report({
      column: 'candidateSince',
      severity: 'WARNING',
      code: 'CANDIDATE_WITHIN_A_YEAR',
      about: {
        zh: '培养教育考察不满一年（《发展党员工作细则》第十三条）',
        en: 'less than a year as an activist (development rules, art. 13)',
      },
      wanted: { zh: `不早于 ${addYears(activistSince, 1)}`, en: `not before ${addYears(activistSince, 1)}` },
    })
  }
}

/** The kind and the dates tell the same story: no date of a stage not yet reached, and the date of the own stage. */
function judgeKind(judge: Judge, dates: StageDates, kind: PersonKind | null): void {
  if (kind === null) return
  const reached = personKinds.indexOf(kind)
  for (const [index, stage] of stages.entries()) {
    if (index > reached && dates[stage.column] !== null) {
      judge.report({
        column: stage.column,
        code: 'DATE_BEYOND_KIND',
        about: { zh: '按人员类别，此人还没有到这一步', en: 'by its kind this person has not come so far' },
        wanted: { zh: '改正人员类别，或不填此日期', en: 'another kind of person, or no date here' },
      })
    }
    const ownStage = index === reached || (kind === 'FULL' && stage.column === 'joinedOn')
    if (ownStage && dates[stage.column] === null) reportMissing(judge, stage.column, kind)
  }
}

function reportMissing(judge: Judge, column: StageColumn, kind: PersonKind): void {
  // A date that was given and refused, or is only expected, has its own finding.
  if (!judge.isBlank(column)) return
  judge.report({
    column,
    severity: 'WARNING',
    code: 'DATE_MISSING_FOR_KIND',
    about:
      kind === 'FULL'
        ? { zh: '缺少这个日期，党龄无法计算', en: 'the date is missing, the years of membership cannot be counted' }
        : {
            zh: '缺少这一步的日期，法定期限无法计算',
            en: 'the date of this stage is missing, no deadline can be computed',
          },
    wanted: { zh: '这一步的日期', en: 'the date of this stage' },
  })
}

/** Every rule on the dates of the stages. */
export function judgeStages(
  judge: Judge,
  dates: StageDates,
  kind: PersonKind | null,
  birthDate: IsoDate | null,
  today: IsoDate,
): void {
  judgeAge(judge, dates, birthDate)
  judgeAgeOfKind(judge, kind, birthDate, today)
  judgeOrder(judge, dates)
  judgeYears(judge, dates, kind, today)
  judgeKind(judge, dates, kind)
}
