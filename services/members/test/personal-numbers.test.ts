import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { codesOf, dataOf } from '../../../tests/harness/ask.ts'
import { type County, createCounty, seedActor, seedTwoCommittees } from '../../../tests/harness/county.ts'
import { dumpText, look } from '../../../tests/harness/databases.ts'
import { importRoster, previewImport, seedMembers, uploadRoster } from '../../../tests/harness/imports.ts'
import { fullMember, membersCsv, type PersonRow } from '../../../tests/harness/people.ts'
import { databaseNames, logOf, surroundings } from '../../../tests/harness/surroundings.ts'

jest.setTimeout(120_000)

let county: County
let rows: PersonRow[]
let memberId: string
let branch: { id: string; code: string }
beforeAll(async () => {
  county = await createCounty()
  const { a1 } = await seedTwoCommittees(county)
  branch = a1
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
    await county.world.ask.members(county.admin, `{ memberByIdNumber(idNumber: "${form.公民身份号码}") { id } }`)
    await importRoster(county.world, county.admin, 'members', `姓名,电话\n${form.姓名},${form.手机号码}\n`)

    const wanted = [...numbers(), ...[bad, wrong, waiting, form].flatMap(row => [row.公民身份号码, row.手机号码])]
    const places: [string, string][] = [
      ...(await Promise.all(databaseNames.map(async name => [name, await dumpText(name)] as [string, string]))),
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

  test.each(['LEADER', 'AUDITOR', 'DISCIPLINE_INSPECTOR'])(
    'S3-2 are not shown whole to a %s, who looks on',
    async role => {
      const actor = await seedActor(county, role, branch.id)
      expect(codesOf(await county.world.ask.members(actor, reveal, { input: { memberId, reason: '看看' } }))).toEqual([
        'NOT_FOUND',
      ])
    },
  )
})
