import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, type Data, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, orgCode, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { RegisterMemberInput } from '@linghang/harness/generated/members'
import { importRoster, seedMembers } from '@linghang/harness/imports'
import { applicant, fullMember, membersCsv, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
})

const seed = async (row: PersonRow): Promise<string> => (await seedMembers(county, [row])).get(row.姓名) as string
const change = (id: string, input: object) =>
  county.world.ask.members(
    county.admin,
    'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { name floating version } } }',
    { input: { id, ...input } },
  )
const changed = async (id: string, input: object) => dataOf(await change(id, input)).changeMember.member
const transfer = async (id: string, organisationId: string) =>
  dataOf(
    await county.world.ask.members(
      county.admin,
      'mutation ($input: TransferMemberInput!) { transferMember(input: $input) { member { version } } }',
      { input: { id, organisationId } },
    ),
  )
const audits = (id: string) =>
  look(
    'members',
    `select action, encode(before_hash, 'hex') as before, encode(after_hash, 'hex') as after from audit_entry where subject_id = $1 order by id`,
    [uuidOf(id)],
  )

describe('1.2 a temporary branch', () => {
  test('1.2 支部工作条例 art. 8: develops nobody: an application is not taken there, a member’s life is', async () => {
    const { registerOrganisation } = dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }',
        {
          input: {
            ...{ superiorId: tree.a.id, code: orgCode(county, 60), name: '抢险突击队临时党支部' },
            kind: 'TEMPORARY_BRANCH',
          },
        },
      ),
    )
    const { id } = registerOrganisation.organisation
    const known = 'select 1 from org_node where id = $1'
    await until(async () => (await look('members', known, [uuidOf(id)])).length === 1, 30_000, 'members knows it')
    const register = (
      row: PersonRow,
      more: Pick<RegisterMemberInput, 'kind' | 'appliedOn' | 'joinedOn' | 'fullMemberSince'>,
    ) =>
      county.world.ask.members(
        county.admin,
        'mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { kind } } }',
        { input: { organisationId: id, name: row.姓名, idNumber: row.公民身份号码, ...more } },
      )
    const refused = await register(fullMember(county.code, ''), { kind: 'APPLICANT', appliedOn: today })
    expect(codesOf(refused)).toEqual(['TEMPORARY_BRANCH_DEVELOPS_NOBODY'])
    expect(refused.errors[0]?.extensions?.params).toMatchObject({ article: '第八条' })
    const full = fullMember(county.code, '')
    const dates = { joinedOn: full.加入党组织日期, fullMemberSince: full.转为正式党员日期 }
    expect(codesOf(await register(full, { kind: 'FULL', ...dates }))).toEqual([])
  })
})

describe('platform a change of the register', () => {
  test.each([
    ['the same name', (row: PersonRow) => ({ name: row.姓名 })],
    ['nothing at all', () => ({})],
  ])(
    'platform that changes nothing (%s) writes nothing, and what is changed after it is written',
    async (_, nothing) => {
      const row = fullMember(county.code, tree.a1.code)
      const id = await seed(row)
      const before = await audits(id)
      expect(await changed(id, nothing(row))).toEqual({ name: row.姓名, floating: false, version: 1 })
      expect(await audits(id)).toEqual(before)
      expect(await changed(id, { name: '改过名', floating: true })).toEqual({
        name: '改过名',
        floating: true,
        version: 2,
      })
      expect(await changed(id, { name: '改过名', floating: true })).toEqual({
        name: '改过名',
        floating: true,
        version: 2,
      })
      expect(await changed(id, { floating: false })).toEqual({ name: '改过名', floating: false, version: 3 })
      // What was changed and changed back is two changes, each on record.
      expect(await changed(id, { name: row.姓名 })).toEqual({ name: row.姓名, floating: false, version: 4 })
      expect((await audits(id)).map(({ action }) => action)).toEqual([
        'member.imported',
        'member.changed',
        'member.changed',
        'member.changed',
      ])
    },
  )

  test('platform leaves the hash of the record as it then is, however the person was changed, and audit entries join', async () => {
    const row = fullMember(county.code, tree.a1.code)
    const id = await seed(row)
    await changed(id, { name: '新名字' })
    await transfer(id, tree.a2.id)
    await changed(id, { name: row.姓名, lostContact: true })
    await transfer(id, tree.a1.id)
    await changed(id, { lostContact: false })
    const [held] = await look(
      'members',
      `select encode(content_hash, 'hex') as kept, encode(app.member_content_hash(m), 'hex') as told from member m where id = $1`,
      [uuidOf(id)],
    )
    expect(held?.kept).toBe(held?.told)
    const entries = await audits(id)
    expect(entries).toHaveLength(6)
    for (const [i, entry] of entries.entries()) expect(entry.before).toBe(i === 0 ? null : entries[i - 1]?.after)
    // The person stands as the roster has them: it says nothing new.
    const again = await importRoster(county.world, county.admin, 'members', membersCsv([row]))
    expect(again).toMatchObject({ state: 'COMMITTED', changed: 0, unchanged: 1 })
  })

  test('platform refuses a version that is no longer the newest', async () => {
    const id = await seed(fullMember(county.code, tree.a1.code))
    expect(codesOf(await change(id, { name: '甲', expectedVersion: 1 }))).toEqual([])
    expect(codesOf(await change(id, { name: '乙', expectedVersion: 1 }))).toEqual(['CONFLICT'])
  })
})

const leave = (id: string, leftOn: string, reason = '移居外地', actor = county.admin) =>
  county.world.ask.members(
    actor,
    'mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { member { leftOn } } }',
    { input: { memberId: id, leftOn, reason } },
  )
const undo = (id: string, reason = '误登记', actor = county.admin) =>
  county.world.ask.members(
    actor,
    'mutation ($input: UndoLeavingInput!) { undoLeaving(input: $input) { member { leftOn } } }',
    { input: { memberId: id, reason } },
  )
const file = async (id: string, actor = county.admin) =>
  dataOf(
    await county.world.ask.members(
      actor,
      `query ($id: ID!) { member(id: $id) { name kind leftOn organisation { id } joinedOn phoneMasked ethnicity
        absences { leftOn leftReason endedOn endedBy endReason } developmentCases { id phase step endReason } } }`,
      { id },
    ),
  ).member
const register = (
  organisationId: string,
  row: PersonRow,
  more: Omit<RegisterMemberInput, 'organisationId' | 'name' | 'idNumber'>,
  actor = county.admin,
) =>
  county.world.ask.members(
    actor,
    'mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { id name kind } } }',
    { input: { organisationId, name: row.姓名, idNumber: row.公民身份号码, ...more } },
  )

describe('S3-2 numbers that were recorded wrongly', () => {
  const correct = (actor: Actor, memberId: string, said: object) =>
    county.world.ask.members(
      actor,
      `mutation ($input: CorrectNumbersInput!) { correctNumbers(input: $input) {
        member { id sex birthDate idNumberMasked phoneMasked version } } }`,
      { input: { memberId, reason: '登记时录错', ...said } },
    )
  const found = async (idNumber: string) =>
    dataOf(
      await county.world.ask.members(
        county.admin,
        'query ($idNumber: String!) { memberByIdNumber(idNumber: $idNumber, reason: "核对身份") { id } }',
        { idNumber },
      ),
    ).memberByIdNumber

  test('S3-2 are corrected by whoever keeps the register, and the person is found by the right one, with one file', async () => {
    const wrong = fullMember(county.code, tree.a1.code)
    const id = await seed(wrong)
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    const { 公民身份号码: idNumber, 手机号码: phone } = fullMember(county.code, tree.a1.code)
    const said = { idNumber, phone, expectedVersion: 1, idempotencyKey: 'correct-1' }
    const { member } = dataOf(await correct(secretary, id, said)).correctNumbers
    expect(member).toEqual({
      ...{ id, version: 2, sex: Number(idNumber[16]) % 2 ? 'MALE' : 'FEMALE' },
      birthDate: `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`,
      idNumberMasked: `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`,
      phoneMasked: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
    })
    expect(dataOf(await correct(secretary, id, said)).correctNumbers.member.version).toBe(2)
    expect([await found(wrong.公民身份号码), await found(idNumber)]).toEqual([null, { id }])
    expect((await audits(id)).map(({ action }) => action)).toEqual([
      ...[
        'member.imported',
        'member.changed',
        'member.numbers-corrected: 登记时录错',
        'member.searched-by-id-number: 核对身份',
      ],
    ])
    const sex = Number(idNumber[16]) % 2 ? '男' : '女'
    const right = { ...wrong, 公民身份号码: idNumber, 手机号码: phone, 性别: sex, 出生日期: member.birthDate }
    const again = await importRoster(county.world, county.admin, 'members', membersCsv([right]))
    expect(again).toMatchObject({ state: 'COMMITTED', added: 0, changed: 0, unchanged: 1 })
    // A phone that is taken away leaves the ID number as it is.
    const { member: silent } = dataOf(await correct(secretary, id, { phone: null })).correctNumbers
    expect([silent.phoneMasked, silent.idNumberMasked, silent.version]).toEqual([null, member.idNumberMasked, 3])
  })

  test('S3-2 are refused where they are wrong, somebody else’s, or somebody else’s to correct, and nothing is written', async () => {
    const row = fullMember(county.code, tree.a1.code)
    const other = fullMember(county.code, tree.b1.code)
    const id = await seed(row)
    await seed(other)
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    const wrong = `${row.公民身份号码.slice(0, 17)}${row.公民身份号码.endsWith('X') ? '1' : 'X'}`
    const elsewhere = await seedActor(county, 'SECRETARY', tree.b1.id)
    const free = fullMember(county.code, tree.a1.code).公民身份号码
    const refusals: [Actor, object, string][] = [
      [secretary, { idNumber: wrong }, 'RECORD_REFUSED'],
      [secretary, { phone: '12' }, 'RECORD_REFUSED'],
      [secretary, { idNumber: other.公民身份号码 }, 'PERSON_REGISTERED'],
      [secretary, { idNumber: null }, 'BAD_INPUT'],
      [secretary, { idNumber: free, reason: ' ' }, 'BAD_INPUT'],
      [secretary, { idNumber: free, expectedVersion: 7 }, 'CONFLICT'],
      [elsewhere, { idNumber: free }, 'NOT_FOUND'],
    ]
    for (const [actor, said, code] of refusals)
      expect([said, codesOf(await correct(actor, id, said))]).toEqual([said, [code]])
    expect(await found(row.公民身份号码)).toEqual({ id })
    const looks = await look('members', 'select action from audit_entry where account_id = $1', [secretary.accountId])
    expect(looks).toEqual([{ action: 'member.found-registered' }])
    // The same key for another number is another request.
    dataOf(await correct(secretary, id, { phone: null, idempotencyKey: 'one' }))
    expect(codesOf(await correct(secretary, id, { idNumber: free, idempotencyKey: 'one' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ])
  })
})

describe('platform a leaving', () => {
  test.each([
    ['before the person was born', (row: PersonRow) => addDays(row.出生日期, -1), 'LEAVING_TOO_EARLY'],
    ['the day before they joined', (row: PersonRow) => addDays(row.加入党组织日期, -1), 'LEAVING_TOO_EARLY'],
    [
      'the day before they became a full member',
      (row: PersonRow) => addDays(row.转为正式党员日期, -1),
      'LEAVING_TOO_EARLY',
    ],
    ['on that day', (row: PersonRow) => row.转为正式党员日期, null],
    ['today', () => today, null],
    ['tomorrow', () => addDays(today, 1), 'DATE_IN_FUTURE'],
  ])('platform %s', async (_, day, code) => {
    const row = fullMember(county.code, tree.a1.code)
    const id = await seed(row)
    expect(codesOf(await leave(id, day(row)))).toEqual(code === null ? [] : [code])
    expect((await file(id)).leftOn).toBe(code === null ? day(row) : null)
  })

  test.each(['', ' ', '\n', '\u200b', '-'])('platform takes a reason of words, and not %j', async reason => {
    const id = await seed(fullMember(county.code, tree.a1.code))
    expect(codesOf(await leave(id, today, reason))).toEqual(['BAD_INPUT'])
    dataOf(await leave(id, today))
    expect(codesOf(await undo(id, reason))).toEqual(['BAD_INPUT'])
  })

  test('platform that was recorded by mistake is undone with a reason, and the file says both', async () => {
    const row = fullMember(county.code, tree.a1.code)
    const id = await seed(row)
    expect(codesOf(await undo(id))).toEqual(['NOT_LEFT'])
    dataOf(await leave(id, today))
    expect(codesOf(await leave(id, today))).toEqual(['ALREADY_LEFT'])
    const looksOn = await seedActor(county, 'LEADER', tree.a1.id)
    expect(codesOf(await undo(id, '误登记', looksOn))).toEqual(['NOT_FOUND'])
    dataOf(await undo(id))
    expect(await file(id)).toMatchObject({
      ...{ leftOn: null, organisation: { id: tree.a1.id } },
      absences: [{ leftOn: today, leftReason: '移居外地', endedOn: today, endedBy: 'UNDONE', endReason: '误登记' }],
    })
    // In the register as before: a change is a change, and a roster that says the same says nothing new.
    dataOf(await change(id, { lostContact: true }))
    dataOf(await change(id, { lostContact: false }))
    expect(await importRoster(county.world, county.admin, 'members', membersCsv([row]))).toMatchObject({
      unchanged: 1,
      errors: 0,
    })
  })

  test('platform that was undone lets the case that it ended go on where it stood, with what was done in it', async () => {
    const row = applicant(county.code, tree.a1.code, addDays(today, -10))
    const { id } = dataOf(await register(tree.a1.id, row, { kind: 'APPLICANT', appliedOn: row.递交入党申请书日期 }))
      .registerMember.member
    const [before] = (await file(id)).developmentCases
    expect(before).toMatchObject({ phase: 'OPEN', step: 'APPLICATION' })
    dataOf(await leave(id, today))
    await until(async () => (await file(id)).developmentCases[0]?.phase === 'ENDED', 30_000, 'the case has ended')
    dataOf(await undo(id))
    expect((await file(id)).developmentCases).toEqual([{ ...before, phase: 'OPEN', endReason: null }])
    const { developmentCase } = dataOf(
      await county.world.ask.members(
        county.admin,
        'query ($id: ID!) { developmentCase(id: $id) { history { type } openStep { key } dates { rule } } }',
        { id: before?.id as string },
      ),
    )
    expect(developmentCase.history.map(({ type }: { type: string }) => type)).toEqual(['OPENED', 'ENDED', 'RESUMED'])
    expect(developmentCase.openStep).toEqual({ key: 'APPLICATION' })
    expect(developmentCase.dates).toContainEqual({ rule: 'APPLICANT_TALK' })
  })
})

describe('platform whoever comes back', () => {
  test('platform is the same person with their file, at a branch that did not see them before', async () => {
    const row = fullMember(county.code, tree.a1.code)
    const id = await seed(row)
    dataOf(await leave(id, today, '出国定居'))
    const secretary = await seedActor(county, 'SECRETARY', tree.b1.id)
    const back = { kind: 'FULL' as const, joinedOn: row.加入党组织日期, fullMemberSince: row.转为正式党员日期 }
    const { member } = dataOf(await register(tree.b1.id, row, back, secretary)).registerMember
    expect(member).toEqual({ id, name: row.姓名, kind: 'FULL' })
    expect(await file(id, secretary)).toMatchObject({
      ...{ leftOn: null, organisation: { id: tree.b1.id }, ethnicity: row.民族 },
      phoneMasked: `${row.手机号码.slice(0, 3)}****${row.手机号码.slice(-4)}`,
      absences: [{ leftOn: today, leftReason: '出国定居', endedBy: 'RETURNED' }],
    })
    // Registered they are, and who registers them once more is told so.
    expect(codesOf(await register(tree.a1.id, row, back))).toEqual(['PERSON_REGISTERED'])
    expect((await audits(id)).map(({ action }) => action)).toEqual([
      'member.imported',
      'member.left',
      'member.registered',
    ])
  })

  test('platform and is registered at two branches at once is registered at one', async () => {
    const row = fullMember(county.code, tree.a1.code)
    const id = await seed(row)
    dataOf(await leave(id, today))
    const back = { kind: 'FULL' as const, joinedOn: row.加入党组织日期, fullMemberSince: row.转为正式党员日期 }
    const answers = await Promise.all([tree.a2, tree.b1].map(branch => register(branch.id, row, back)))
    expect(answers.flatMap(codesOf)).toEqual(['PERSON_REGISTERED'])
    expect((await file(id)).absences).toHaveLength(1)
  })

  test('platform as an applicant has a new case, and the old one stays as it ended', async () => {
    const row = applicant(county.code, tree.a1.code, addDays(today, -40))
    const apply = (appliedOn: string) => register(tree.a1.id, row, { kind: 'APPLICANT', appliedOn })
    const { id } = dataOf(await apply(row.递交入党申请书日期)).registerMember.member
    dataOf(await leave(id, addDays(today, -20)))
    await until(async () => (await file(id)).developmentCases[0]?.phase === 'ENDED', 30_000, 'the case has ended')
    expect(dataOf(await apply(today)).registerMember.member.id).toBe(id)
    expect((await file(id)).developmentCases.map(({ phase, endReason }: Data) => ({ phase, endReason }))).toEqual([
      { phase: 'ENDED', endReason: 'LEFT' },
      { phase: 'OPEN', endReason: null },
    ])
  })
})
