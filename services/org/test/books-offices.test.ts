import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, issuer, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
})

type BookRole = 'TREASURER' | 'CASHIER'
const appoint = (accountId: string, role: BookRole, more: object = {}, by = county.admin) =>
  county.world.ask.org(
    by,
    'mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id role } } }',
    { input: { accountId, organisationId: tree.a.id, role, ...more } },
  )
const link = async (organisationId: string, subject: string, by: typeof county.admin, memberId: string | null = null) =>
  dataOf(
    await county.world.ask.org(
      by,
      'mutation ($input: LinkAccountInput!) { linkAccount(input: $input) { account { id } } }',
      { input: { organisationId, kind: 'PERSON', issuer, subject, memberId } },
    ),
  ).linkAccount.account?.id as string
const newcomer = async () => (await seedAccount(county, { keptBy: tree.a.id })).accountId

describe('S0-5 accountant and cashier of dues are two people (党费规定 2008, 第二十三条)', () => {
  test.each([
    ['TREASURER', 'CASHIER'],
    ['CASHIER', 'TREASURER'],
  ] as const)('S0-5 %s at an organisation is not its %s as well', async (first, second) => {
    const accountId = await newcomer()
    expect(codesOf(await appoint(accountId, first))).toEqual([])
    expect(codesOf(await appoint(accountId, second))).toEqual(['BOOKS_NEED_TWO_PEOPLE'])
    expect(codesOf(await appoint(await newcomer(), second))).toEqual([])
    expect(codesOf(await appoint(accountId, second, { organisationId: tree.b.id }))).toEqual([])
  })

  test.each([
    [9, ['BOOKS_NEED_TWO_PEOPLE']],
    [10, []],
  ])('S0-5 who is accountant until day 10 and cashier from day %i', async (days, codes) => {
    const accountId = await newcomer()
    dataOf(await appoint(accountId, 'TREASURER', { endsOn: addDays(today, 10) }))
    expect(codesOf(await appoint(accountId, 'CASHIER', { startsOn: addDays(today, days) }))).toEqual(codes)
  })

  test.each([
    [10, []],
    [11, ['BOOKS_NEED_TWO_PEOPLE']],
  ])('S0-5 who is accountant from day 10 on and cashier until day %i', async (days, codes) => {
    const accountId = await newcomer()
    dataOf(await appoint(accountId, 'TREASURER', { startsOn: addDays(today, 10) }))
    expect(codesOf(await appoint(accountId, 'CASHIER', { endsOn: addDays(today, days) }))).toEqual(codes)
  })

  test('S0-5 of two appointments at the same moment one is made', async () => {
    for (let round = 0; round < 10; round += 1) {
      const accountId = await newcomer()
      const answers = await Promise.all([appoint(accountId, 'TREASURER'), appoint(accountId, 'CASHIER')])
      expect(answers.flatMap(codesOf)).toEqual(['BOOKS_NEED_TWO_PEOPLE'])
    }
  })

  test('S0-5 nor by another account of the same login, nor by another of the same file', async () => {
    const [adminOfA, adminOfB] = [
      await seedActor(county, 'ADMIN', tree.a.id),
      await seedActor(county, 'ADMIN', tree.b.id),
    ]
    const claims = [
      await link(tree.a.id, 'two-claims', adminOfA),
      await link(tree.b.id, 'two-claims', adminOfB),
    ] as const
    expect(codesOf(await appoint(claims[0], 'TREASURER'))).toEqual([])
    expect(codesOf(await appoint(claims[1], 'CASHIER'))).toEqual(['BOOKS_NEED_TWO_PEOPLE'])
    const people = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '两个账号' })])
    const member = people.get('两个账号') as string
    const files = [
      await link(tree.a.id, 'one-of-two', adminOfA, member),
      await link(tree.a.id, 'other-of-two', adminOfA, member),
    ] as const
    expect(codesOf(await appoint(files[0], 'CASHIER', {}, adminOfA))).toEqual([])
    expect(codesOf(await appoint(files[1], 'TREASURER', {}, adminOfA))).toEqual(['BOOKS_NEED_TWO_PEOPLE'])
  })

  test('S0-5 an app keeps no books', async () => {
    const { accountId } = await seedAccount(county, { keptBy: tree.a.id, kind: 'APP' })
    expect(codesOf(await appoint(accountId, 'TREASURER'))).toEqual(['ROLE_NOT_FOR_ACCOUNT'])
  })
})
