import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { codesOf } from '../../../tests/harness/ask.ts'
import {
  type County,
  createCounty,
  everywhereKnown,
  organisationRow,
  orgCode,
  seedAccount,
  seedActor,
  seedTwoCommittees,
} from '../../../tests/harness/county.ts'
import { look } from '../../../tests/harness/databases.ts'
import { importRoster } from '../../../tests/harness/imports.ts'
import { type OrganisationRow, organisationsCsv } from '../../../tests/harness/people.ts'
import { until } from '../../../tests/harness/until.ts'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
})

const row = (n: number, superiorCode: string, changes: Partial<OrganisationRow> = {}): OrganisationRow => ({
  ...organisationRow({ code: orgCode(county, n), name: `名册${n}`, kind: '党委', superiorCode }),
  ...changes,
})
const bring = (rows: OrganisationRow[], organisationId?: string, actor = county.admin) =>
  importRoster(county.world, actor, 'org', organisationsCsv(rows), { organisationId })
const versionOf = async (n: number) =>
  (
    await look('org', 'select version::int from organisation where county_id = $1 and code = $2', [
      county.id,
      orgCode(county, n),
    ])
  )[0]?.version
const audits = async () =>
  (
    await look(
      'org',
      `select count(*)::int as n from audit_entry where county_id = $1 and action = 'organisation.imported'`,
      [county.id],
    )
  )[0].n as number

describe('S1-1 rosters of organisations', () => {
  test('S1-1 superiors may stand behind their inferiors in the file', async () => {
    const state = await bring([row(12, orgCode(county, 11)), row(11, orgCode(county, 10)), row(10, tree.root.code)])
    expect(state).toMatchObject({ state: 'COMMITTED', added: 3, errors: 0 })
    await everywhereKnown(county)
  })

  test('S1-1 the same file twice changes nothing, a changed row one organisation, a new superior moves it', async () => {
    const rows = [row(20, tree.root.code), row(21, orgCode(county, 20)), row(22, tree.root.code)]
    await bring(rows)
    const before = await audits()
    expect(await bring(rows)).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
    expect([await versionOf(20), await versionOf(21), await audits()]).toEqual([1, 1, before])
    const moved = rows.map((one, i) => (i === 1 ? { ...one, 上级党组织代码: orgCode(county, 22) } : one))
    expect(await bring(moved)).toMatchObject({ added: 0, changed: 1, unchanged: 2 })
    expect([await versionOf(20), await versionOf(21), await audits()]).toEqual([1, 2, before + 1])
    await everywhereKnown(county)
  })

  test('S1-1 refuses a cycle with what the register has, a second root, an unknown superior and a branch as superior', async () => {
    await bring([row(30, tree.root.code), row(31, orgCode(county, 30))])
    const state = await bring([
      row(30, orgCode(county, 31)),
      row(32, ''),
      row(33, orgCode(county, 99)),
      row(34, tree.b1.code),
    ])
    expect(state.findings.nodes.map(({ line, code }) => [line, code])).toEqual([
      [2, 'SUPERIOR_CYCLE'],
      [3, 'MORE_THAN_ONE_ROOT'],
      [4, 'UNKNOWN_SUPERIOR'],
      [5, 'BRANCH_AS_SUPERIOR'],
    ])
    expect(state.added + state.changed).toBe(0)
  })

  test('S3-2 a committee’s administrator brings in the committee itself and what is below, and nothing beside it', async () => {
    const adminOfA = await seedActor(county, 'ADMIN', tree.a.id)
    const own = organisationRow({
      code: tree.a.code,
      name: '甲街道党工委',
      kind: '党工委',
      superiorCode: tree.root.code,
    })
    const state = await bring(
      [own, row(40, tree.a.code), row(41, tree.b.code), { ...own, 党组织代码: tree.b.code, 党组织名称: '改名' }],
      tree.a.id,
      adminOfA,
    )
    expect(state.findings.nodes.map(({ line, code }) => [line, code])).toEqual([
      [4, 'OUTSIDE_YOUR_ORGANISATIONS'],
      [5, 'OUTSIDE_YOUR_ORGANISATIONS'],
    ])
    expect(state).toMatchObject({ added: 1, unchanged: 1 })
    const up = await bring([{ ...own, 上级党组织代码: tree.b.code }], tree.a.id, adminOfA)
    expect(up.findings.nodes.map(({ code }) => code)).toEqual(['OUTSIDE_YOUR_ORGANISATIONS'])
  })

  test('S3-2 nobody appoints an account that they do not see', async () => {
    const adminOfA = await seedActor(county, 'ADMIN', tree.a.id)
    const elsewhere = await seedAccount(county, { keptBy: tree.b.id })
    const answer = await county.world.ask.org(
      adminOfA,
      'mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id } } }',
      { input: { accountId: elsewhere.accountId, organisationId: tree.a1.id, role: 'SECRETARY' } },
    )
    expect(codesOf(answer)).toEqual(['NOT_FOUND'])
  })

  test('platform services whose database connections are all cut go on: the change arrives everywhere', async () => {
    for (const database of ['org', 'members', 'dues', 'assessment'] as const)
      await look(
        database,
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'linghang_login' and datname = current_database()`,
      )
    const state = await until(() => bring([row(50, tree.root.code)]), 30_000)
    expect(state).toMatchObject({ state: 'COMMITTED', errors: 0 })
    await everywhereKnown(county)
  })
})
