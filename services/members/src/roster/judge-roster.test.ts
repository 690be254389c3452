import { describe, expect, test } from '@jest/globals'
import type { Row } from '@linghang/rosters'
import type { MemberColumn } from './columns.ts'
import { createRosterJudge, type RosterSurroundings } from './judge-roster.ts'

const today = '2026-11-22'
const surroundings: RosterSurroundings = {
  today,
  lookUpOrganisation: code => ({ B00001: 'BRANCH', B00002: 'BRANCH', C00001: 'OTHER' })[code] as 'BRANCH' | undefined,
}

type Cells = Partial<Record<MemberColumn, string>>

const none = {
  ...{ name: '', idNumber: '', sex: '', ethnicity: '', birthDate: '', education: '', kind: '', organisationCode: '' },
  ...{ appliedOn: '', activistSince: '', candidateSince: '', joinedOn: '', fullMemberSince: '' },
  ...{ post: '', phone: '', duesCategory: '', duesBase: '', floating: '', lostContact: '' },
}

/** Born 2000-02-29, a man; the numbers are made up. */
const full: Cells = {
  ...{ name: '王伟', idNumber: '330299200002290036', sex: '男', ethnicity: '汉族', birthDate: '2000-02-29' },
  ...{ education: '大学本科', kind: '正式党员', organisationCode: 'B00001', post: '教师', phone: '13800000000' },
  ...{ joinedOn: '2020-06-30', fullMemberSince: '2021-06-30', duesCategory: '按月薪', duesBase: '5000.50' },
  ...{ floating: '否', lostContact: '否' },
}
const candidate: Cells = {
  ...full,
  ...{ kind: '发展对象', appliedOn: '2024-01-31', activistSince: '2024-06-30', candidateSince: '2025-06-30' },
  ...{ joinedOn: '', fullMemberSince: '', duesCategory: '', duesBase: '' },
}

const row = (cells: Cells, line = 2): Row<MemberColumn> => ({ line, findings: [], cells: { ...none, ...cells } })

const judgeOne = (cells: Cells, more: Partial<RosterSurroundings> = {}) =>
  createRosterJudge({ ...surroundings, ...more })(row(cells))

const codes = (cells: Cells) => judgeOne(cells).findings.map(({ severity, code }) => `${severity} ${code}`)

describe('1.1 judges a row of a member roster', () => {
  test('1.1 reads a member as the roster means it', () => {
    const { member, findings } = judgeOne({ ...full, kind: '正式', joinedOn: '2020.6.30', phone: '138-0000-0000' })
    expect(findings).toEqual([])
    expect(member).toEqual({
      ...{ name: '王伟', idNumber: '330299200002290036', sex: 'MALE', ethnicity: '汉族', birthDate: '2000-02-29' },
      ...{ education: 'BACHELOR', kind: 'FULL', organisationCode: 'B00001', post: '教师', phone: '13800000000' },
      ...{ appliedOn: null, activistSince: null, candidateSince: null },
      ...{ joinedOn: '2020-06-30', fullMemberSince: '2021-06-30' },
      ...{ duesCategory: 'MONTHLY_SALARY', duesBaseFen: 500050n, floating: false, lostContact: false },
    })
  })

  test.each<[string, Cells, string[]]>([
    ['no name', { name: ' ' }, ['ERROR NAME_MISSING']],
    ['no ID number', { idNumber: '' }, ['ERROR ID_NUMBER_MISSING']],
    ['a wrong check character', { idNumber: '330299200002290037' }, ['ERROR ID_NUMBER_CHECKSUM']],
    ['a birth date of another day', { birthDate: '2000-02-28' }, ['ERROR BIRTH_DATE_NOT_AS_ID_NUMBER']],
    ['no birth date', { birthDate: '' }, []],
    ['another sex', { sex: '女' }, ['ERROR SEX_NOT_AS_ID_NUMBER']],
    ['no sex', { sex: '' }, []],
    ['an unknown branch', { organisationCode: 'B99999' }, ['ERROR UNKNOWN_BRANCH']],
    ['a committee for a branch', { organisationCode: 'C00001' }, ['ERROR NOT_A_BRANCH']],
    ['no branch', { organisationCode: '' }, ['ERROR BRANCH_MISSING']],
    ['an unknown kind', { kind: '群众' }, ['ERROR UNKNOWN_PERSON_KIND']],
    ['an unknown dues category', { duesCategory: '按小时' }, ['ERROR UNKNOWN_DUES_CATEGORY']],
    ['an unknown education', { education: '私塾' }, ['ERROR UNKNOWN_EDUCATION']],
    ['an unknown ethnic group', { ethnicity: '火星族' }, ['WARNING UNKNOWN_ETHNICITY']],
    ['a negative base', { duesBase: '-0.01' }, ['ERROR MONEY_NEGATIVE']],
    ['a base of nothing', { duesBase: '0' }, []],
    ['joined on the eighteenth birthday', { joinedOn: '2018-02-28' }, []],
    ['joined the day before', { joinedOn: '2018-02-27' }, ['ERROR JOINED_UNDER_18']],
    ['a full year of probation', { joinedOn: '2020-06-30', fullMemberSince: '2021-06-30' }, []],
    ['a year less a day', { fullMemberSince: '2021-06-29' }, ['ERROR FULL_MEMBER_WITHIN_A_YEAR']],
    ['joined on 29 February', { joinedOn: '2020-02-29', fullMemberSince: '2021-02-28' }, []],
    [
      'a day too early after 29 February',
      { joinedOn: '2020-02-29', fullMemberSince: '2021-02-27' },
      ['ERROR FULL_MEMBER_WITHIN_A_YEAR'],
    ],
    ['full member today', { joinedOn: '2025-11-22', fullMemberSince: '2026-11-22' }, []],
    ['full member tomorrow', { joinedOn: '2025-11-22', fullMemberSince: '2026-11-23' }, ['ERROR FUTURE_DATE']],
    ['no date of joining', { joinedOn: '' }, ['WARNING DATE_MISSING_FOR_KIND']],
    ['an unreadable date of joining', { joinedOn: '不详' }, ['ERROR DATE_NOT_READABLE']],
    ['a wrong phone', { phone: '12345' }, ['WARNING PHONE_NOT_READABLE']],
  ])('1.1 a full member with %s', (_, cells, wanted) => {
    expect(codes({ ...full, ...cells })).toEqual(wanted)
  })

  test.each<[string, Cells, string[]]>([
    ['a year as activist', { activistSince: '2024-06-30', candidateSince: '2025-06-30' }, []],
    ['a year less a day', { candidateSince: '2025-06-29' }, ['WARNING CANDIDATE_WITHIN_A_YEAR']],
    ['a candidate before activist', { candidateSince: '2024-06-29' }, ['ERROR STAGES_OUT_OF_ORDER']],
    ['an application after activist', { appliedOn: '2024-07-01' }, ['WARNING STAGES_OUT_OF_ORDER']],
    ['an application on the eighteenth birthday', { appliedOn: '2018-02-28' }, []],
    ['an application the day before', { appliedOn: '2018-02-27' }, ['WARNING APPLIED_UNDER_18']],
    ['a date of joining', { joinedOn: '2026-01-01' }, ['ERROR DATE_BEYOND_KIND']],
    ['a candidate today', { candidateSince: today }, []],
    ['a candidate tomorrow', { candidateSince: '2026-11-23' }, ['ERROR FUTURE_DATE']],
  ])('1.1 a candidate with %s', (_, cells, wanted) => {
    expect(codes({ ...candidate, ...cells })).toEqual(wanted)
  })

  test('1.1/22 takes the expected conversion of a probationary member for what it is', () => {
    const probationary = { ...candidate, kind: '预备党员', joinedOn: '2025-12-01', fullMemberSince: '2026-12-01' }
    const { member, findings } = judgeOne(probationary)
    expect(findings.map(({ code }) => code)).toEqual(['EXPECTED_CONVERSION_IGNORED'])
    expect(member).toMatchObject({ kind: 'PROBATIONARY', joinedOn: '2025-12-01', fullMemberSince: null })
    expect(codes({ ...probationary, joinedOn: '2025-10-01', fullMemberSince: '2026-10-01' })).toEqual([
      'ERROR DATE_BEYOND_KIND',
    ])
  })

  test('platform takes names that look like code as names', () => {
    expect(judgeOne({ ...full, name: "罗伯特'); DROP TABLE member;--" }).member?.name).toBe(
      "罗伯特'); DROP TABLE member;--",
    )
  })

  test('platform masks ID and phone numbers in findings, and does not let a birth date complete them', () => {
    const [finding] = judgeOne({ ...full, idNumber: '330299200002290037' }).findings
    expect(finding!.found).toBe('330299********0037')
    const [phone] = judgeOne({ ...full, phone: '23800001234' }).findings
    expect(phone!.found).toBe('238****1234')
    const [birth] = judgeOne({ ...full, birthDate: '1999-01-01' }).findings
    expect(JSON.stringify(birth)).not.toMatch(/2000-?02-?29/)
  })
})

describe('1.1 judges a member roster as a whole', () => {
  test('1.1 refuses the later line of a person who stands twice, naming the earlier', () => {
    const judge = createRosterJudge(surroundings)
    expect(judge(row(full, 2)).findings).toEqual([])
    const { member, findings } = judge(row({ ...full, organisationCode: 'B00002' }, 9))
    expect(member).toBeNull()
    expect(findings.map(({ line, code, found }) => [line, code, found])).toEqual([
      [9, 'DUPLICATE_PERSON', '330299********0036'],
    ])
    expect(findings[0]!.message.en).toContain('line 2')
  })

  test("1.1 keeps a person whose number was typed into an earlier neighbour's row", () => {
    const judge = createRosterJudge(surroundings)
    expect(judge(row({ ...full, sex: '女' }, 2)).member).toBeNull()
    const { member, findings } = judge(row(full, 3))
    expect(member?.name).toBe('王伟')
    expect(findings.map(({ line, code }) => [line, code])).toEqual([[2, 'DUPLICATE_PERSON']])
    expect(judge(row(full, 4)).findings.map(({ line, code }) => [line, code])).toEqual([[4, 'DUPLICATE_PERSON']])
  })

  test('1.6 refuses a person whom another branch of the county has: a roster is no transfer', () => {
    const at = (branch: string | undefined) => ({ lookUpRegisteredBranch: () => branch })
    expect(judgeOne(full, at('B00002')).findings.map(({ code }) => code)).toEqual(['REGISTERED_IN_ANOTHER_BRANCH'])
    expect(judgeOne(full, at('B00001')).findings).toEqual([])
    expect(judgeOne(full, at(undefined)).findings).toEqual([])
  })
})
