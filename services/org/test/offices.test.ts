import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay, systemActor } from '@linghang/access'
import { codesOf, dataOf, send, uuidOf } from '@linghang/harness/ask'
import {
  actorOf,
  type County,
  createCounty,
  issuer,
  seedAccount,
  seedBranch,
  seedTwoCommittees,
} from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { OfficeRole } from '@linghang/harness/generated/org'
import { addDays } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let branchId: string
/** The committee above it. */
let rootId: string
beforeAll(async () => {
  county = await createCounty()
  const tree = await seedTwoCommittees(county)
  ;[branchId, rootId] = [tree.a1.id, tree.a.id]
})

const grantsOf = async (subject: string) => (await actorOf(county.world, subject)).grants
const end = (officeId: string, more: { endsOn?: string; reason?: string } = {}, actor = county.admin) =>
  county.world.ask.org(
    actor,
    'mutation ($input: EndOfficeInput!) { endOffice(input: $input) { office { endsOn endReason } } }',
    { input: { officeId, reason: '换届', ...more } },
  )

const officesOfBranch = async (history: boolean) =>
  dataOf(
    await county.world.ask.org(
      county.admin,
      `query ($id: ID!, $history: Boolean!) { organisation(id: $id) {
        offices(history: $history, first: 100) { totalCount nodes { id role startsOn endsOn account { id } } } } }`,
      { id: branchId, history },
    ),
  ).organisation.offices

describe('S3-2 offices', () => {
  test('S3-2 an office gives its grant from the day it starts, and the grants endpoint tells so', async () => {
    const { subject, officeId } = await seedAccount(county, { keptBy: branchId, role: 'SECRETARY' })
    expect(await grantsOf(subject)).toEqual([{ role: 'SECRETARY', orgId: uuidOf(branchId) }])
    const offices = await officesOfBranch(false)
    expect(offices.nodes).toContainEqual(
      expect.objectContaining({ id: officeId, role: 'SECRETARY', startsOn: today, endsOn: null }),
    )
  })

  test('S3-2 an office that starts tomorrow is not held today', async () => {
    const tomorrow = addDays(today, 1)
    const { subject, officeId } = await seedAccount(county, { keptBy: branchId, role: 'LEADER', startsOn: tomorrow })
    expect(await grantsOf(subject)).toEqual([])
    expect(JSON.stringify(await officesOfBranch(false))).not.toContain(officeId)
    expect(JSON.stringify(await officesOfBranch(true))).toContain(officeId)
  })

  test('S3-2 an office is held to the day before it ends: tomorrow still, today no longer', async () => {
    const held = await seedAccount(county, { keptBy: branchId, role: 'LEADER', endsOn: addDays(today, 1) })
    const over = await seedAccount(county, {
      keptBy: branchId,
      role: 'LEADER',
      startsOn: addDays(today, -9),
      endsOn: today,
    })
    expect(await grantsOf(held.subject)).toHaveLength(1)
    expect(await grantsOf(over.subject)).toEqual([])
  })

  test('S3-2 ending an office takes the grant at once and keeps the office as history', async () => {
    const { subject, officeId } = await seedAccount(county, { keptBy: branchId, role: 'AUDITOR' })
    const ended = dataOf(await end(officeId as string))
    expect(ended.endOffice.office).toEqual({ endsOn: today, endReason: '换届' })
    expect(await grantsOf(subject)).toEqual([])
    expect(JSON.stringify(await officesOfBranch(false))).not.toContain(officeId)
    const history = await officesOfBranch(true)
    expect(history.nodes).toContainEqual(expect.objectContaining({ id: officeId, endsOn: today }))
    expect(history.totalCount).toBe(history.nodes.length)
    expect(codesOf(await end(officeId as string))).toEqual(['OFFICE_ENDED_ALREADY'])
  })

  test('S3-2 an office may be told to end later, and is held until then', async () => {
    const { subject, officeId } = await seedAccount(county, { keptBy: branchId, role: 'LEADER' })
    expect(codesOf(await end(officeId as string, { endsOn: addDays(today, -1) }))).toEqual(['OFFICE_ENDS_BEFORE_START'])
    dataOf(await end(officeId as string, { endsOn: addDays(today, 30) }))
    expect(await grantsOf(subject)).toHaveLength(1)
  })

  test('S3-2 the same office twice at once is refused, again after it has ended is not', async () => {
    const { accountId, officeId } = await seedAccount(county, { keptBy: branchId, role: 'SECRETARY' })
    const appoint = () =>
      county.world.ask.org(
        county.admin,
        'mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id } } }',
        { input: { accountId, organisationId: branchId, role: 'SECRETARY' } },
      )
    expect(codesOf(await appoint())).toEqual(['OFFICE_HELD_ALREADY'])
    dataOf(await end(officeId as string))
    expect(dataOf(await appoint()).appointOffice.office.id).not.toBe(officeId)
  })

  test('S3-2 apps hold the office of an app, people every other', async () => {
    const appoint = (accountId: string, role: OfficeRole) =>
      county.world.ask.org(
        county.admin,
        'mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id } } }',
        { input: { accountId, organisationId: branchId, role } },
      )
    const app = await seedAccount(county, { keptBy: branchId, kind: 'APP' })
    const person = await seedAccount(county, { keptBy: branchId })
    expect(codesOf(await appoint(app.accountId, 'ADMIN'))).toEqual(['ROLE_NOT_FOR_ACCOUNT'])
    expect(codesOf(await appoint(person.accountId, 'APP'))).toEqual(['ROLE_NOT_FOR_ACCOUNT'])
    expect(codesOf(await appoint(app.accountId, 'APP'))).toEqual([])
  })

  test('S3-2 appointing and ending leave audit rows that name who did it', async () => {
    const { officeId } = await seedAccount(county, { keptBy: branchId, role: 'LEADER' })
    dataOf(await end(officeId as string))
    const rows = await look(
      'org',
      'select action, account_id from audit_entry where subject_id = $1 order by recorded_at',
      [uuidOf(officeId as string)],
    )
    expect(rows).toEqual([
      { action: 'office.appointed', account_id: county.admin.accountId },
      { action: 'office.ended', account_id: county.admin.accountId },
    ])
  })

  test('S3-2 grants are told to the gateway alone, and an unknown account is unknown', async () => {
    const ask = (actor: typeof county.admin, subject: string) =>
      send(county.world.urls.org, actor, { path: '/internal/grants', body: { issuer, subject } })
    const { subject } = await seedAccount(county, { keptBy: branchId })
    expect((await ask(county.admin, subject)).status).toBe(403)
    expect((await ask(systemActor(county.id), 'nobody-knows')).status).toBe(404)
    expect((await ask(systemActor(county.id), subject)).status).toBe(200)
  })
})

describe('S3-2 an office is what it says', () => {
  const appoint = (
    accountId: string,
    role: OfficeRole,
    startsOn: string,
    organisationId = branchId,
    actor = county.admin,
  ) =>
    county.world.ask.org(
      actor,
      'mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id selfAppointed appointedBy { id } } } }',
      { input: { accountId, organisationId, role, startsOn } },
    )

  test.each([
    ['before there was a party', '1921-06-30', ['OFFICE_START_REFUSED']],
    ['on its first day', '1921-07-01', []],
    ['a year ahead', addDays(today, 366), []],
    ['a day more ahead', addDays(today, 367), ['OFFICE_START_REFUSED']],
  ])('S3-2 it may start: %s', async (_, startsOn, codes) => {
    const { accountId } = await seedAccount(county, { keptBy: branchId })
    expect(codesOf(await appoint(accountId, 'LEADER', startsOn))).toEqual(codes)
  })

  test('S3-2 it may not start before its organisation was there', async () => {
    const registered = dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }',
        {
          input: {
            ...{ code: `${county.code}777777777`, name: '新成立党支部', kind: 'BRANCH' },
            ...{ superiorId: rootId, establishedOn: '2020-07-01' },
          },
        },
      ),
    ).registerOrganisation.organisation.id
    const { accountId } = await seedAccount(county, { keptBy: branchId })
    expect(codesOf(await appoint(accountId, 'LEADER', '2020-06-30', registered))).toEqual(['OFFICE_START_REFUSED'])
    expect(codesOf(await appoint(accountId, 'LEADER', '2020-07-01', registered))).toEqual([])
  })

  test.each([
    [29, []],
    [30, []],
    [31, ['OFFICE_END_PROLONGS']],
  ])('S3-2 an office for 30 days that is ended on day %i', async (days, codes) => {
    const { officeId } = await seedAccount(county, { keptBy: branchId, role: 'LEADER', endsOn: addDays(today, 30) })
    expect(codesOf(await end(officeId as string, { endsOn: addDays(today, days) }))).toEqual(codes)
  })

  test.each(['', '  ', '\u200b'])('S3-2 it ends for a reason of words, not %j', async reason => {
    const { officeId } = await seedAccount(county, { keptBy: branchId, role: 'LEADER' })
    expect(codesOf(await end(officeId as string, { reason }))).toEqual(['BAD_INPUT'])
  })

  test('S3-2 whoever appoints himself is shown as having done so, to everybody who sees the office', async () => {
    const { subject, accountId } = await seedAccount(county, { keptBy: branchId, role: 'ADMIN' })
    const admin = await actorOf(county.world, subject)
    const own = dataOf(await appoint(accountId, 'SECRETARY', today, branchId, admin)).appointOffice.office
    expect(own).toMatchObject({ selfAppointed: true, appointedBy: { id: accountId } })
    const other = await seedAccount(county, { keptBy: branchId })
    const { office } = dataOf(await appoint(other.accountId, 'LEADER', today)).appointOffice
    expect(office.selfAppointed).toBe(false)
    const rows = await look('org', 'select action from audit_entry where subject_id = $1', [uuidOf(own.id)])
    expect(rows).toEqual([{ action: 'office.appointed-to-oneself' }])
  })
})

describe('S3-2 logins', () => {
  const link = (
    actor: typeof county.admin,
    subject: string,
    organisationId = branchId,
    memberId: string | null = null,
  ) =>
    county.world.ask.org(
      actor,
      'mutation ($input: LinkAccountInput!) { linkAccount(input: $input) { account { id confirmed } } }',
      { input: { organisationId, kind: 'PERSON', issuer, subject, memberId } },
    )
  const confirm = (actor: typeof county.admin, accountId: string) =>
    county.world.ask.org(
      actor,
      'mutation ($input: ConfirmAccountInput!) { confirmAccount(input: $input) { account { confirmed } } }',
      { input: { accountId } },
    )
  const release = (actor: typeof county.admin, accountId: string, reason = '人员离任') =>
    county.world.ask.org(
      actor,
      'mutation ($input: ReleaseAccountInput!) { releaseAccount(input: $input) { account { id } } }',
      { input: { accountId, reason } },
    )
  const standing = async (subject: string) =>
    (
      await send(county.world.urls.org, systemActor(county.id), {
        path: '/internal/grants',
        body: { issuer, subject },
      })
    ).status
  const branchAdmin = async (of: County = county, at = branchId) => {
    const { subject } = await seedAccount(of, { keptBy: at, role: 'ADMIN' })
    return actorOf(of.world, subject)
  }

  test('S3-2 that are claimed below the county count once the county has confirmed them', async () => {
    const admin = await branchAdmin()
    const subject = `claimed-${randomUUID()}`
    const { id, confirmed } = dataOf(await link(admin, subject)).linkAccount.account
    expect(confirmed).toBe(false)
    expect(await standing(subject)).toBe(404)
    expect(codesOf(await confirm(admin, id))).toEqual(['FORBIDDEN'])
    expect(dataOf(await confirm(county.admin, id)).confirmAccount.account).toEqual({ confirmed: true })
    expect(await standing(subject)).toBe(200)
  })

  test('S3-2 a claim keeps nobody else from the login, and tells nothing of claims elsewhere', async () => {
    const stranger = await createCounty()
    const strangeBranch = (await seedBranch(stranger)).branch.id
    const subject = `wanted-${randomUUID()}`
    const squatter = await branchAdmin()
    dataOf(await link(squatter, subject))
    // The county to which the login belongs has it all the same, and the squatter hears the same as before.
    const { account } = dataOf(
      await county.world.ask.org(
        stranger.admin,
        'mutation ($input: LinkAccountInput!) { linkAccount(input: $input) { account { id confirmed } } }',
        { input: { organisationId: strangeBranch, kind: 'PERSON', issuer, subject } },
      ),
    ).linkAccount
    expect(account.confirmed).toBe(true)
    const again = await branchAdmin(county, rootId)
    const { id } = dataOf(await link(again, subject, rootId)).linkAccount.account
    expect(codesOf(await confirm(county.admin, id))).toEqual(['ACCOUNT_TAKEN'])
    expect((await actorOf(county.world, subject)).countyId).toBe(stranger.id)
  })

  test('S3-2 are let go with a reason by the county, with their offices, and may be claimed anew', async () => {
    const { subject, accountId, officeId } = await seedAccount(county, { keptBy: branchId, role: 'SECRETARY' })
    expect(codesOf(await release(await branchAdmin(), accountId))).toEqual(['FORBIDDEN'])
    expect(codesOf(await release(county.admin, accountId, ' '))).toEqual(['BAD_INPUT'])
    dataOf(await release(county.admin, accountId))
    expect(await standing(subject)).toBe(404)
    expect(JSON.stringify(await officesOfBranch(false))).not.toContain(officeId)
    expect(codesOf(await release(county.admin, accountId))).toEqual(['NOT_FOUND'])
    const anew = dataOf(await link(county.admin, subject)).linkAccount.account
    expect(anew.id).not.toBe(accountId)
    expect((await actorOf(county.world, subject)).grants).toEqual([])
  })
})
