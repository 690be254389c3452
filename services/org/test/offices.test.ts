import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { systemActor } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { shanghaiDay } from '@linghang/subgraph'
import { codesOf, dataOf, send } from '../../../tests/harness/ask.ts'
import { actorOf, type County, createCounty, issuer, seedAccount, seedBranch } from '../../../tests/harness/county.ts'
import { look } from '../../../tests/harness/databases.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let branchId: string
beforeAll(async () => {
  county = await createCounty()
  branchId = (await seedBranch(county)).branch.id
})

const grantsOf = async (subject: string) => (await actorOf(county.world, subject)).grants
const uuidOf = (id: string) => id.split(':')[1]

const end = (officeId: string, more: { endsOn?: string } = {}, actor = county.admin) =>
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
    const appoint = (accountId: string, role: string) =>
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
