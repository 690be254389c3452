import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { addMonths } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let accountId: string
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  accountId = dataOf(await open(county.admin, tree.a.id)).openDuesAccount.account?.id as string
})

const open = (by: Actor, organisationId: string) =>
  county.world.ask.dues(
    by,
    'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
    { input: { organisationId, bank: 'CCB', bankNumber: '95533000', openedOn: addMonths(today, -2) } },
  )
const receive = (by: Actor, organisationId: string, amountFen = '100') =>
  county.world.ask.dues(
    by,
    'mutation ($input: RecordDuesIncomeInput!) { recordDuesIncome(input: $input) { journal { id } } }',
    { input: { organisationId, reason: 'INTEREST', amountFen, note: '回单 3 号' } },
  )
const reverse = (by: Actor, journalId: string) =>
  county.world.ask.dues(
    by,
    'mutation ($input: ReverseDuesJournalInput!) { reverseDuesJournal(input: $input) { journal { id } } }',
    { input: { journalId, reason: '记错' } },
  )
const close = (by: Actor) =>
  county.world.ask.dues(
    by,
    'mutation ($input: CloseDuesMonthInput!) { closeDuesMonth(input: $input) { account { closedThrough } } }',
    { input: { accountId, month: addMonths(today, -2) } },
  )
const balanceSeen = async (by: Actor, id: string) => {
  const answer = await county.world.ask.dues(
    by,
    'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount { balanceFen } } } }',
    { refs: [{ __typename: 'Organisation', id }] },
  )
  return dataOf(answer)._entities[0]?.duesAccount?.balanceFen ?? null
}

describe('S0-24 who keeps the books of dues', () => {
  test.each(['TREASURER', 'CASHIER'] as const)(
    'S0-24 the %s of the committee whose account it is posts, takes back and closes',
    async role => {
      const keeper = await seedActor(county, role, tree.a.id)
      const journal = dataOf(await receive(keeper, tree.a1.id)).recordDuesIncome.journal?.id as string
      expect(await balanceSeen(keeper, tree.a1.id)).not.toBeNull()
      dataOf(await reverse(keeper, journal))
      expect(codesOf(await close(keeper))).toEqual(role === 'TREASURER' ? [] : ['MONTH_NOT_TO_CLOSE'])
    },
  )

  test('S0-24 opening an account stays with whoever keeps the committee', async () => {
    const keeper = await seedActor(county, 'TREASURER', tree.b.id)
    expect(codesOf(await open(keeper, tree.b.id))).toEqual(['NOT_FOUND'])
  })

  test('S0-24 the cashier of a branch sees what it has, not what lies above or beside, and posts nothing there', async () => {
    const keeper = await seedActor(county, 'CASHIER', tree.a1.id)
    expect(await balanceSeen(keeper, tree.a1.id)).not.toBeNull()
    for (const place of [tree.a, tree.a2, tree.b1, tree.root]) expect(await balanceSeen(keeper, place.id)).toBeNull()
    expect(codesOf(await receive(keeper, tree.a1.id))).toEqual(['FORBIDDEN'])
    expect(codesOf(await receive(keeper, tree.a2.id))).toEqual(['NOT_FOUND'])
  })

  test('S0-24 a discipline inspector sees all of it below, and each look leaves a row; that of others leaves none', async () => {
    const inspector = await seedActor(county, 'DISCIPLINE_INSPECTOR', tree.a.id)
    const leader = await seedActor(county, 'LEADER', tree.a.id)
    expect(await balanceSeen(inspector, tree.a2.id)).not.toBeNull()
    expect(await balanceSeen(inspector, tree.b1.id)).toBeNull()
    expect(await balanceSeen(leader, tree.a2.id)).not.toBeNull()
    const looks = await look(
      'dues',
      `select account_id, subject_type, org_id from audit_entry where county_id = $1 and action = 'dues-account.looked-at'`,
      [county.id],
    )
    expect(looks).toEqual([
      { account_id: inspector.accountId, subject_type: 'DuesAccount', org_id: uuidOf(tree.a2.id) },
    ])
  })
})
