import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { requestOf, tellAsMembers, today } from './requests.ts'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
let holder: Actor
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
  holder = await seedActor(county, 'SECRETARY', places.a.id)
  await officeIsHeard(holder)
})

const officeIsHeard = (actor: Actor) =>
  until(
    async () =>
      (await look('workflows', 'select 1 from office_held where account_id = $1', [actor.accountId])).length > 0,
    30_000,
    'the office is heard of',
  )

/** Somebody with an account and no office at all. */
const someone = async (): Promise<Actor> => {
  const actor = await actorOf(county.world, (await seedAccount(county, { keptBy: places.a.id })).subject)
  await until(
    async () => (await look('workflows', 'select 1 from account_known where id = $1', [actor.accountId])).length > 0,
    30_000,
    'the account is heard of',
  )
  return actor
}

const delegate = (actor: Actor, to: Actor, more: object = {}) =>
  county.world.ask.workflows(
    actor,
    `mutation ($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation {
      id roles from until endedAt to { id } by { id } } } }`,
    {
      input: {
        organisationId: places.a.id,
        toAccountId: `Account:${to.accountId}`,
        from: today,
        until: today,
        reason: '外出学习',
        ...more,
      },
    },
  )
const delegated = async (actor: Actor, to: Actor, more: object = {}) =>
  dataOf(await delegate(actor, to, more)).delegateApprovals.delegation

const end = (actor: Actor, id: string) =>
  county.world.ask.workflows(
    actor,
    'mutation ($input: EndDelegationInput!) { endDelegation(input: $input) { delegation { endedAt } } }',
    { input: { id } },
  )

const request = async (more: object = {}) => {
  const asked = requestOf({ by: places.a1.id, decider: places.a.id, ...more })
  await tellAsMembers(county, 'members.approval.requested.v1', asked.id, asked)
  await until(
    async () => (await look('workflows', 'select 1 from approval where id = $1', [asked.id])).length > 0,
    30_000,
    'the request is heard',
  )
  return asked.id
}
const decide = (actor: Actor, id: string) =>
  county.world.ask.workflows(
    actor,
    `mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state history { what delegated account { id } } } } }`,
    { input: { id: `Approval:${id}`, outcome: 'APPROVED' } },
  )
/** Moves the days of a delegation, as if time had gone by. */
const shift = (id: string, from: string, until: string) =>
  look('workflows', 'update delegation set from_on = $2, until_on = $3 where id = $1', [uuidOf(id), from, until])

describe('S0-14 decisions left to somebody else', () => {
  test('S0-14 the delegate decides in the name of the office, and the history says so', async () => {
    const deputy = await someone()
    const id = await request()
    expect(codesOf(await decide(deputy, id))).toEqual(['NOT_FOUND'])
    const made = await delegated(holder, deputy)
    expect(made).toMatchObject({ roles: ['SECRETARY'], endedAt: null, to: { id: `Account:${deputy.accountId}` } })
    const mine = await county.world.ask.workflows(deputy, '{ approvals(filter: { mine: true }) { nodes { id } } }')
    expect(JSON.stringify(dataOf(mine))).toContain(id)
    const { approval } = dataOf(await decide(deputy, id)).decideApproval
    expect(approval.history[1]).toEqual({
      ...{ what: 'APPROVED', delegated: true, account: { id: `Account:${deputy.accountId}` } },
    })
  })

  test.each<[string, number, number, string[]]>([
    ['from today to today', 0, 0, []],
    ['its last day is today', -5, 0, []],
    ['its last day was yesterday', -5, -1, ['NOT_FOUND']],
    ['its first day is today', 0, 5, []],
    ['its first day is tomorrow', 1, 5, ['NOT_FOUND']],
  ])('S0-14 a delegation holds on its days alone: %s', async (_, from, until, codes) => {
    const deputy = await someone()
    const { id } = await delegated(holder, deputy)
    await shift(id, addDays(today, from), addDays(today, until))
    expect(codesOf(await decide(deputy, await request()))).toEqual(codes)
  })

  test('S0-14 it ends when it is ended, once, by whoever holds the office', async () => {
    const deputy = await someone()
    const { id } = await delegated(holder, deputy)
    expect(codesOf(await end(deputy, id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await end(county.admin, id))).toEqual(['FORBIDDEN'])
    expect(dataOf(await end(holder, id)).endDelegation.delegation.endedAt).not.toBeNull()
    expect(codesOf(await end(holder, id))).toEqual(['DELEGATION_ENDED_ALREADY'])
    expect(codesOf(await decide(deputy, await request()))).toEqual(['NOT_FOUND'])
  })

  test('S0-14 it ends with the office of whoever has given it', async () => {
    const leaving = await seedAccount(county, { keptBy: places.a.id, role: 'SECRETARY', at: places.a.id })
    const giver = await actorOf(county.world, leaving.subject)
    await officeIsHeard(giver)
    const deputy = await someone()
    await delegated(giver, deputy)
    const id = await request()
    const ended = await county.world.ask.org(
      county.admin,
      'mutation ($input: EndOfficeInput!) { endOffice(input: $input) { office { id } } }',
      { input: { officeId: leaving.officeId as string, reason: '换届' } },
    )
    expect(codesOf(ended)).toEqual([])
    await until(
      async () =>
        (
          await look('workflows', 'select 1 from office_held where account_id = $1 and ends_on is not null', [
            giver.accountId,
          ])
        ).length > 0,
      30_000,
      'the end of the office is heard of',
    )
    expect(codesOf(await decide(deputy, id))).toEqual(['NOT_FOUND'])
  })

  test('S0-14 a delegate decides neither on their own request nor on a relative', async () => {
    const deputy = { ...(await someone()), memberId: randomUUID() }
    await delegated(holder, deputy)
    expect(codesOf(await decide(deputy, await request({ requestedBy: deputy.accountId })))).toEqual(['OWN_REQUEST'])
    const relative = await request({ recusedMemberIds: [deputy.memberId] })
    expect(codesOf(await decide(deputy, relative))).toEqual(['RELATIVE_RECUSED'])
  })

  test('S0-14 what was left to somebody cannot be left to a third, and a superior leaves nothing of its own below', async () => {
    const [deputy, third] = [await someone(), await someone()]
    await delegated(holder, deputy)
    expect(codesOf(await delegate(deputy, third))).toEqual(['NOT_FOUND'])
    const superior = await seedActor(county, 'SECRETARY', places.root.id)
    expect(codesOf(await delegate(superior, third))).toEqual(['FORBIDDEN'])
    const leader = await seedActor(county, 'LEADER', places.a.id)
    expect(codesOf(await delegate(leader, third))).toEqual(['FORBIDDEN'])
    expect(codesOf(await delegate(holder, holder))).toEqual(['DELEGATION_TO_ONESELF'])
  })

  test.each<[string, object, string[]]>([
    ['today', { from: today, until: today }, []],
    ['yesterday', { from: addDays(today, -1), until: today }, ['DELEGATION_PERIOD_REFUSED']],
    ['backwards', { from: addDays(today, 2), until: addDays(today, 1) }, ['DELEGATION_PERIOD_REFUSED']],
    ['366 days', { from: today, until: addDays(today, 366) }, []],
    ['367 days', { from: today, until: addDays(today, 367) }, ['DELEGATION_PERIOD_REFUSED']],
    ['no reason', { reason: ' ' }, ['BAD_INPUT']],
  ])('S0-14 a period of %s is judged', async (_, more, codes) => {
    expect(codesOf(await delegate(holder, await someone(), more))).toEqual(codes)
  })

  test('S3-2 delegations are listed for those above and for nobody beside', async () => {
    const { id } = await delegated(holder, await someone())
    const list = async (actor: Actor) =>
      JSON.stringify(
        await county.world.ask.workflows(
          actor,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
            delegations(first: 100) { totalCount nodes { id } } } } }`,
          { refs: [{ __typename: 'Organisation', id: places.a.id }] },
        ),
      )
    expect(await list(county.admin)).toContain(id)
    expect(await list(await seedActor(county, 'SECRETARY', places.b.id))).toContain('"totalCount":0')
    expect(await list(await seedActor(county, 'SECRETARY', places.a1.id))).toContain('"totalCount":0')
  })
})

describe('S2-19 decisions are left to somebody who exists', () => {
  test('S2-19 an account that there is not is refused, and nothing is written', async () => {
    const holder = await seedActor(county, 'SECRETARY', places.a.id)
    const nobody = { ...holder, accountId: randomUUID() }
    expect(codesOf(await delegate(holder, nobody))).toEqual(['NOT_FOUND'])
    expect(await look('workflows', 'select id from delegation where to_account_id = $1', [nobody.accountId])).toEqual(
      [],
    )
  })
})
