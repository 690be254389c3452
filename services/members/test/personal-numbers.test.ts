import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { dumpText, look } from '@linghang/harness/databases'
import { importRoster, previewImport, seedMembers, uploadRoster } from '@linghang/harness/imports'
import { fullMember, membersCsv, type PersonRow } from '@linghang/harness/people'
import { startService } from '@linghang/harness/start-service'
import { logOf, surroundings } from '@linghang/harness/surroundings'
import { services } from '@linghang/migrations'

jest.setTimeout(120_000)

let county: County
let rows: PersonRow[]
let memberId: string
let branch: { id: string; code: string }
let sibling: { id: string; code: string }
beforeAll(async () => {
  county = await createCounty()
  const { a1, a2 } = await seedTwoCommittees(county)
  branch = a1
  sibling = a2
  rows = [fullMember(county.code, a1.code, { 姓名: '柳青' }), fullMember(county.code, a1.code)]
  memberId = (await seedMembers(county, rows)).get('柳青') as string
})

const numbers = () => rows.flatMap(row => [row.公民身份号码, row.手机号码])
const reveal = 'mutation ($input: RevealIdentityInput!) { revealIdentity(input: $input) { idNumber phone } }'

describe('S3-2 ID and phone numbers', () => {
  test('S3-2 stand in clear in no table of any database and in no log', async () => {
    // Every way in: a committed roster, one with faults, one that waits in staging, a form, a search, a file of a wrong shape.
    const bad = fullMember(county.code, branch.code, { 人员类别: '群众' })
    const shifted = fullMember(county.code, branch.code)
    const wrong = { ...shifted, 性别: shifted.公民身份号码, 学历: shifted.手机号码 }
    const id = await uploadRoster(county.world, county.admin, 'members', membersCsv([bad, wrong]))
    await previewImport(county.world, county.admin, 'members', id)
    const waiting = fullMember(county.code, branch.code)
    const held = await uploadRoster(county.world, county.admin, 'members', membersCsv([waiting]))
    await previewImport(county.world, county.admin, 'members', held)
    const form = fullMember(county.code, branch.code)
    dataOf(
      await county.world.ask.members(
        county.admin,
        'mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { id } } }',
        {
          input: {
            organisationId: branch.id,
            name: '苏航',
            idNumber: form.公民身份号码,
            phone: form.手机号码,
            kind: 'FULL',
            joinedOn: form.加入党组织日期,
            fullMemberSince: form.转为正式党员日期,
            idempotencyKey: 'form-1',
          },
        },
      ),
    )
    await county.world.askUntyped.members(
      county.admin,
      `{ memberByIdNumber(idNumber: "${form.公民身份号码}", reason: "核对身份") { id } }`,
    )
    await importRoster(county.world, county.admin, 'members', `姓名,电话\n${form.姓名},${form.手机号码}\n`)

    const wanted = [...numbers(), ...[bad, wrong, waiting, form].flatMap(row => [row.公民身份号码, row.手机号码])]
    const places: [string, string][] = [
      ...(await Promise.all(services.map(async name => [name, await dumpText(name)] as [string, string]))),
      ...readdirSync(join(surroundings().stateDir, 'logs')).map(
        file => [file, logOf(file.replace(/\.log$/, ''))] as [string, string],
      ),
    ]
    const asBytes = (text: string) => Buffer.from(text).toString('hex')
    for (const [place, text] of places) {
      const found = wanted.filter(number => text.includes(number) || text.includes(asBytes(number)))
      expect({ place, found }).toEqual({ place, found: [] })
    }
    // What is searched is really there: the masked number is.
    const members = places.find(([place]) => place === 'members')?.[1] ?? ''
    expect(members).toContain(`${form.公民身份号码.slice(0, 6)}********${form.公民身份号码.slice(-4)}`)
  })

  test('S3-2 are masked in lists, and shown whole to whoever keeps the register, who is recorded with the reason', async () => {
    const masked = await county.world.ask.members(
      county.admin,
      'query ($id: ID!) { member(id: $id) { idNumberMasked phoneMasked } }',
      { id: memberId },
    )
    const row = rows[0] as PersonRow
    expect(dataOf(masked).member).toEqual({
      idNumberMasked: `${row.公民身份号码.slice(0, 6)}********${row.公民身份号码.slice(-4)}`,
      phoneMasked: `${row.手机号码.slice(0, 3)}****${row.手机号码.slice(-4)}`,
    })
    const secretary = await seedActor(county, 'SECRETARY', branch.id)
    const shown = await county.world.ask.members(secretary, reveal, { input: { memberId, reason: '办理关系转接' } })
    expect(dataOf(shown).revealIdentity).toEqual({ idNumber: row.公民身份号码, phone: row.手机号码 })
    const audits = await look(
      'members',
      `select account_id, action from audit_entry where subject_id = $1 and action like 'identity.revealed%'`,
      [memberId.split(':')[1]],
    )
    expect(audits).toEqual([{ account_id: secretary.accountId, action: 'identity.revealed: 办理关系转接' }])
  })

  test('S3-2 are shown again to the same request repeated, which counts once; each showing is recorded', async () => {
    const secretary = await seedActor(county, 'SECRETARY', branch.id)
    const ask = (reason: string) =>
      county.world.ask.members(secretary, reveal, { input: { memberId, reason, idempotencyKey: 'look-1' } })
    const first = dataOf(await ask('办理关系转接'))
    expect(dataOf(await ask('办理关系转接'))).toEqual(first)
    expect(codesOf(await ask('核对身份'))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
    const count = async (table: string) =>
      Number(
        (await look('members', `select count(*) as n from ${table} where account_id = $1`, [secretary.accountId]))[0].n,
      )
    expect(await count('audit_entry')).toBe(2)
    expect(await count('id_number_look')).toBe(1)
  })

  test.each(['LEADER', 'AUDITOR', 'DISCIPLINE_INSPECTOR'] as const)(
    'S3-2 are not shown whole to a %s, who looks on',
    async role => {
      const actor = await seedActor(county, role, branch.id)
      expect(codesOf(await county.world.ask.members(actor, reveal, { input: { memberId, reason: '看看' } }))).toEqual([
        'NOT_FOUND',
      ])
    },
  )
})

describe('S3-2 a search by the whole ID number', () => {
  const search = (actor: Actor, idNumber: string, reason = '核对身份') =>
    county.world.ask.members(
      actor,
      'query ($idNumber: String!, $reason: String!) { memberByIdNumber(idNumber: $idNumber, reason: $reason) { name } }',
      { idNumber, reason },
    )
  const recorded = async (actor: Actor) =>
    (
      await look(
        'members',
        'select action, subject_type, subject_id from audit_entry where account_id = $1 order by id',
        [actor.accountId],
      )
    ).map(({ action, subject_type, subject_id }) => [action, subject_type, subject_id])

  test('S3-2 is recorded whether or not it finds somebody, and finds nobody of other branches', async () => {
    const { 公民身份号码: idNumber } = rows[0] as PersonRow
    const elsewhere = await seedActor(county, 'SECRETARY', sibling.id)
    const nobody = fullMember(county.code, branch.code).公民身份号码
    for (const number of [idNumber, nobody])
      expect(dataOf(await search(elsewhere, number))).toEqual({ memberByIdNumber: null })
    const entry = ['member.searched-by-id-number: 核对身份', 'Account', elsewhere.accountId]
    expect(await recorded(elsewhere)).toEqual([entry, entry])
    const secretary = await seedActor(county, 'SECRETARY', branch.id)
    expect(dataOf(await search(secretary, idNumber)).memberByIdNumber).toEqual({ name: '柳青' })
    expect(await recorded(secretary)).toEqual([
      ['member.searched-by-id-number: 核对身份', 'Member', memberId.split(':')[1]],
    ])
  })

  test.each([
    [
      'full-width digits',
      (number: string) => number.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    ],
    ['spaces', (number: string) => ` ${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)} `],
    ['a small x', (number: string) => number.toLowerCase()],
  ])('S3-2 understands %s, as rosters do', async (_, typed) => {
    const { 公民身份号码: idNumber } = rows[0] as PersonRow
    expect(dataOf(await search(county.admin, typed(idNumber))).memberByIdNumber).toEqual({ name: '柳青' })
  })

  test.each(['', ' ', '\u200b', '？！', '长'.repeat(201), `${'长'.repeat(199)}😀😀`])(
    'S3-2 wants a reason in words, as does a look at the number: not %j',
    async reason => {
      const { 公民身份号码: idNumber } = rows[0] as PersonRow
      expect(codesOf(await search(county.admin, idNumber, reason))).toEqual(['BAD_INPUT'])
      const shown = await county.world.ask.members(county.admin, reveal, { input: { memberId, reason } })
      expect(codesOf(shown)).toEqual(['BAD_INPUT'])
    },
  )

  test('S3-2 counts in characters, and a reason of two hundred of them is taken whole', async () => {
    const secretary = await seedActor(county, 'SECRETARY', branch.id)
    const reason = `${'长'.repeat(199)}😀`
    dataOf(await county.world.ask.members(secretary, reveal, { input: { memberId, reason } }))
    expect((await recorded(secretary)).map(([action]) => action)).toEqual([`identity.revealed: ${reason}`])
  })

  test('S3-2 a registration that finds the person registered is recorded and counts as a look, for a branch that does not see them', async () => {
    const elsewhere = await seedActor(county, 'SECRETARY', sibling.id)
    const { 公民身份号码: idNumber } = rows[0] as PersonRow
    const input = {
      organisationId: `Organisation:${sibling.id.split(':').at(-1)}`,
      ...{ name: '周全', idNumber, kind: 'APPLICANT' as const, appliedOn: '2026-01-05', idempotencyKey: randomUUID() },
    }
    const register = () =>
      county.world.ask.members(
        elsewhere,
        'mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { id } } }',
        { input },
      )
    const answers = await Promise.all(Array.from({ length: 64 }, register))
    const count = (code: string) => answers.flatMap(codesOf).filter(found => found === code).length
    expect([count('PERSON_REGISTERED'), count('TOO_MANY_LOOKS')]).toEqual([60, 4])
    const entry = ['member.found-registered', 'Account', elsewhere.accountId]
    expect(await recorded(elsewhere)).toEqual(Array.from({ length: 60 }, () => entry))
    expect(codesOf(await search(elsewhere, idNumber))).toEqual(['TOO_MANY_LOOKS'])
  })

  test('S3-2 and looks at numbers are sixty an hour for one account, however they are asked, and no more for many at once', async () => {
    const secretary = await seedActor(county, 'SECRETARY', branch.id)
    const { 公民身份号码: idNumber } = rows[0] as PersonRow
    const ask = (n: number) =>
      n % 2
        ? search(secretary, idNumber)
        : county.world.ask.members(secretary, reveal, { input: { memberId, reason: '核对身份' } })
    const answers = await Promise.all(Array.from({ length: 64 }, (_, n) => ask(n)))
    expect(answers.flatMap(codesOf)).toEqual(Array.from({ length: 4 }, () => 'TOO_MANY_LOOKS'))
    // Nor is whoever has spent theirs told by registering somebody.
    const register = async (number: string) =>
      codesOf(
        await county.world.ask.members(
          secretary,
          'mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { id } } }',
          {
            input: {
              organisationId: `Organisation:${branch.id.split(':').at(-1)}`,
              ...{ name: '周全', idNumber: number, kind: 'APPLICANT', appliedOn: '2026-01-05' },
            },
          },
        ),
      )
    for (const number of [idNumber, fullMember(county.code, branch.code).公民身份号码])
      expect(await register(number)).toEqual(['TOO_MANY_LOOKS'])
    // Somebody else is not kept from looking.
    expect(codesOf(await search(county.admin, idNumber))).toEqual([])
  })
})

test('platform counties whose keys are opened for the first time at once do not wait for each other’s connections', async () => {
  const members = await startService('members', { env: { DATABASE_CONNECTIONS: '2' } })
  try {
    const { 公民身份号码: idNumber } = rows[0] as PersonRow
    const strangers = Array.from({ length: 12 }, () => ({ ...county.admin, countyId: randomUUID() }))
    const answers = await Promise.all(
      strangers.map(actor =>
        members.query(
          actor,
          'query ($idNumber: String!) { memberByIdNumber(idNumber: $idNumber, reason: "核对身份") { name } }',
          { idNumber },
        ),
      ),
    )
    expect(answers.map(dataOf)).toEqual(strangers.map(() => ({ memberByIdNumber: null })))
  } finally {
    await members.stop()
  }
})
