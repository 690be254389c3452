import { describe, expect, test } from '@jest/globals'
import type { Row } from '@linghang/rosters'
import { idCheckCharacter } from '@linghang/rulebook'
import type { MemberColumn } from './columns.ts'
import { createRosterJudge, type RosterSurroundings } from './judge-roster.ts'

const today = '2026-11-22'
const surroundings: RosterSurroundings = {
  today,
  lookUpOrganisation: code =>
    ({ B00001: 'BRANCH', B00002: 'BRANCH', C00001: 'OTHER', E00001: 'ENDED' })[code] as 'BRANCH' | undefined,
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
    ['a character lost in saving', { name: '王?' }, ['WARNING NAME_HAS_LOST_CHARACTER']],
    ['a character replaced in saving', { name: '王\ufffd明' }, ['WARNING NAME_HAS_LOST_CHARACTER']],
    ['no ID number', { idNumber: '' }, ['ERROR ID_NUMBER_MISSING']],
    ['a wrong check character', { idNumber: '330299200002290037' }, ['ERROR ID_NUMBER_CHECKSUM']],
    ['a birth date of another day', { birthDate: '2000-02-28' }, ['ERROR BIRTH_DATE_NOT_AS_ID_NUMBER']],
    ['no birth date', { birthDate: '' }, []],
    ['another sex', { sex: '女' }, ['ERROR SEX_NOT_AS_ID_NUMBER']],
    ['no sex', { sex: '' }, []],
    ['an unknown branch', { organisationCode: 'B99999' }, ['ERROR UNKNOWN_BRANCH']],
    ['a branch that has ended', { organisationCode: 'E00001' }, ['ERROR ORGANISATION_ENDED']],
    ['a committee for a branch', { organisationCode: 'C00001' }, ['ERROR NOT_A_BRANCH']],
    ['no branch', { organisationCode: '' }, ['ERROR BRANCH_MISSING']],
    ['an unknown kind', { kind: '群众' }, ['ERROR UNKNOWN_PERSON_KIND']],
    ['an unknown dues category', { duesCategory: '按小时' }, ['WARNING UNKNOWN_DUES_CATEGORY']],
    ['an unknown education', { education: '私塾' }, ['WARNING UNKNOWN_EDUCATION']],
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
    [
      'nothing to say of it, in the words of offices',
      { education: '无', duesBase: '/', post: '—', duesCategory: '-' },
      [],
    ],
    ['neither yes nor no', { floating: '个别' }, ['WARNING NOT_YES_OR_NO']],
    [
      'joined today, without a date of conversion',
      { joinedOn: today, fullMemberSince: '' },
      ['ERROR FULL_MEMBER_WITHIN_A_YEAR', 'WARNING DATE_MISSING_FOR_KIND'],
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
    const at = (branch: string | undefined) => ({
      lookUpRegistered: () => (branch === undefined ? undefined : { branch, leftOn: null, decided: null }),
    })
    expect(judgeOne(full, at('B00002')).findings.map(({ code }) => code)).toEqual(['REGISTERED_IN_ANOTHER_BRANCH'])
    expect(judgeOne(full, at('B00001')).findings).toEqual([])
    expect(judgeOne(full, at(undefined)).findings).toEqual([])
  })
})

/** Somebody born on a day, with whatever sequence makes a valid number. */
const bornOn = (birthDate: string): Cells => {
  const first17 = `330299${birthDate.replaceAll('-', '')}003`
  return { idNumber: first17 + idCheckCharacter(first17), birthDate, sex: '男' }
}

describe('1.1 what the regulations of the day allowed', () => {
  // The Ninth and Tenth Congress (1969, 1973) had no probation, the Eleventh (1977) brought it back; before 1956
  // candidates had half a year, a year or two.
  test.each([
    ['1945-04-30', '1945-04-30', []],
    ['1949-05-01', '1949-11-01', ['WARNING FULL_MEMBER_WITHIN_A_YEAR']],
    ['1956-09-14', '1957-09-13', ['WARNING FULL_MEMBER_WITHIN_A_YEAR']],
    ['1956-09-14', '1957-09-14', []],
    ['1969-03-31', '1970-03-30', ['WARNING FULL_MEMBER_WITHIN_A_YEAR']],
    ['1969-04-01', '1969-04-01', []],
    ['1970-07-01', '1970-07-01', []],
    ['1977-08-11', '1977-08-11', []],
    ['1977-08-12', '1978-08-11', ['ERROR FULL_MEMBER_WITHIN_A_YEAR']],
    ['1977-08-12', '1978-08-12', []],
    ['1970-07-01', '1970-06-30', ['ERROR STAGES_OUT_OF_ORDER']],
  ])('1.1 joined on %s, full member on %s', (joinedOn, fullMemberSince, wanted) => {
    const found = codes({ ...full, ...bornOn('1925-01-01'), joinedOn, fullMemberSince })
    // The oldest of these had no year to wait either; what the constitution of 1945 asked for is worth a look at most.
    expect(found.filter(code => joinedOn > '1945-12-31' || code.startsWith('ERROR'))).toEqual(wanted)
  })

  test.each([
    ['1956-09-14', ['WARNING JOINED_UNDER_18']],
    ['1956-09-15', ['ERROR JOINED_UNDER_18']],
  ])('1.1 joined at 16 on %s', (joinedOn, wanted) => {
    const found = codes({ ...full, ...bornOn('1940-01-01'), joinedOn, fullMemberSince: '1958-01-01' })
    expect(found.filter(code => code.endsWith('JOINED_UNDER_18'))).toEqual(wanted)
  })
})

describe('1.1 people who cannot exist', () => {
  test.each([
    ['born tomorrow', bornOn('2026-11-23'), 'ERROR BORN_IN_THE_FUTURE'],
    ['ten years old', bornOn('2016-11-22'), 'ERROR TOO_YOUNG_FOR_KIND'],
    ['18 tomorrow', bornOn('2008-11-23'), 'ERROR TOO_YOUNG_FOR_KIND'],
  ])('1.1 a full member without dates who is %s', (_, identity, wanted) => {
    const cells = { ...full, ...identity, birthDate: '', joinedOn: '', fullMemberSince: '' }
    expect(codes(cells)).toContain(wanted)
  })

  test('1.1 a full member without dates who is 18 today may be one', () => {
    const found = codes({ ...full, ...bornOn('2008-11-22'), joinedOn: '', fullMemberSince: '' })
    expect(found.filter(code => code.startsWith('ERROR'))).toEqual([])
  })

  test('1.1 an applicant who is 17 is worth a look', () => {
    const found = codes({
      ...candidate,
      ...bornOn('2009-06-01'),
      kind: '入党申请人',
      activistSince: '',
      candidateSince: '',
      appliedOn: '2026-11-01',
    })
    expect(found).toEqual(['WARNING APPLIED_UNDER_18', 'WARNING TOO_YOUNG_FOR_KIND'])
  })
})

describe('1.1 what the register knows of somebody', () => {
  const known = (more: object) => ({
    lookUpRegistered: () => ({ branch: 'B00001', leftOn: null, decided: null, ...more }),
  })
  const found = (cells: Cells, more: object) =>
    judgeOne(cells, known(more)).findings.map(({ severity, code, column }) => `${severity} ${code} ${column}`)

  test('1.1 who has left is not taken from a roster', () => {
    expect(found(full, { leftOn: '2025-01-01' })).toEqual(['ERROR HAS_LEFT 公民身份号码'])
    expect(judgeOne(full, known({ leftOn: '2025-01-01' })).member).toBeNull()
  })

  test('1.1 an open case decides where somebody stands: what contradicts it is said and left out', () => {
    const { kind, appliedOn, activistSince, candidateSince } = {
      kind: 'ACTIVIST',
      appliedOn: '2024-01-31',
      activistSince: '2024-06-30',
      candidateSince: null,
    }
    const decided = { kind, appliedOn, activistSince, candidateSince, joinedOn: null, fullMemberSince: null }
    expect(found(candidate, { decided })).toEqual([
      'WARNING CASE_DECIDES 人员类别',
      'WARNING CASE_DECIDES 确定为发展对象日期',
    ])
    const { silent } = judgeOne(candidate, known({ decided }))
    expect([...silent].toSorted()).toEqual([
      'activistSince',
      'appliedOn',
      'candidateSince',
      'fullMemberSince',
      'joinedOn',
      'kind',
    ])
    expect(found(candidate, { decided: { ...decided, kind: 'CANDIDATE', candidateSince: '2025-06-30' } })).toEqual([])
  })

  test.each([
    ['an unreadable phone', { phone: '1381234567' }, ['phone']],
    ['an unknown ethnic group', { ethnicity: '火星族' }, ['ethnicity']],
    ['a description for a degree', { education: '研究生（硕士）' }, ['education']],
    ['a blank phone', { phone: '' }, []],
  ])('1.1 %s says nothing of what stands: %j', (_, cells, silent) => {
    expect([...judgeOne({ ...full, ...cells }).silent]).toEqual(silent)
  })
})
