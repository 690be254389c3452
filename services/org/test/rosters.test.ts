import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { codesOf, dataOf, send, uuidOf } from '@linghang/harness/ask'
import {
  type County,
  createCounty,
  everywhereKnown,
  organisationRow,
  orgCode,
  seedAccount,
  seedActor,
  seedTwoCommittees,
  treeOf,
} from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import {
  commitImport,
  finished,
  importRoster,
  previewImport,
  seedMembers,
  uploadRoster,
} from '@linghang/harness/imports'
import { fullMember, type OrganisationRow, organisationsCsv, toCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'

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
  test('S1-1 each request about an import repeated with its key has the first result; with another input it is refused', async () => {
    const ask = (verb: string, input: Record<string, unknown>) =>
      county.world.askUntyped.org(
        county.admin,
        `mutation ($input: ${verb}ImportInput!) { made: ${verb.toLowerCase()}OrganisationImport(input: $input) { import { id state } } }`,
        { input },
      )
    const twice = async (verb: string, input: Record<string, unknown>, other: Record<string, unknown>) => {
      const idempotencyKey = `${verb}-1`
      const first = dataOf(await ask(verb, { ...input, idempotencyKey })).made.import
      expect(dataOf(await ask(verb, { ...input, idempotencyKey })).made.import.id).toBe(first.id)
      expect(codesOf(await ask(verb, { ...other, idempotencyKey }))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
      return first.id as string
    }
    const id = await twice('Create', { fileName: 'a.csv' }, { fileName: 'b.csv' })
    const other = await twice('Create', { fileName: 'a.csv' }, { fileName: 'c.csv' })
    expect(other).toBe(id)
    const path = `/imports/${id.split(':')[1]}/file`
    const body = Buffer.from(organisationsCsv([row(90, tree.root.code)]))
    expect((await send(county.world.urls.org, county.admin, { method: 'PUT', path, body })).status).toBe(200)
    const elsewhere = dataOf(await ask('Create', {})).made.import.id
    await twice('Preview', { id }, { id: elsewhere })
    await finished(county.world, county.admin, 'org', id)
    await twice('Commit', { id, mode: 'VALID' }, { id, mode: 'ALL_OR_NONE' })
    await finished(county.world, county.admin, 'org', id)
    await twice('Withdraw', { id: elsewhere }, { id })
  })

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
})

describe('S1-1 what a roster of organisations says nothing of stays as it is', () => {
  test('S1-1 a column that it does not have, and a cell that cannot be read', async () => {
    const one = row(70, tree.a.code, { 本届任期开始日期: '2024-01-01', 任期届满日期: '2027-01-01', 书记姓名: '赵某' })
    await bring([one])
    const held = async () =>
      (
        await look(
          'org',
          'select name, term_start::text, term_end::text, secretary_name, version::int from organisation where county_id = $1 and code = $2',
          [county.id, one.党组织代码],
        )
      )[0]
    const before = await held()
    const without = toCsv([one], ['党组织代码', '党组织名称', '组织类别', '上级党组织代码'])
    const id = await uploadRoster(county.world, county.admin, 'org', without)
    expect(await previewImport(county.world, county.admin, 'org', id)).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 1,
    })
    expect(await commitImport(county.world, county.admin, 'org', id)).toMatchObject({ changed: 0, unchanged: 1 })
    expect(await held()).toEqual(before)
    const renamed = { ...one, 党组织名称: '改名党委', 书记姓名: '？' }
    expect(await bring([renamed])).toMatchObject({ changed: 1, errors: 0, warnings: 1 })
    expect(await held()).toEqual({ ...before, name: '改名党委', version: 2 })
  })
})

describe('S3-2 whose roster it is is asked again where it is written', () => {
  test('S3-2 an organisation that was registered elsewhere meanwhile is not taken over', async () => {
    const admin = await seedActor(county, 'ADMIN', tree.a.id)
    const wanted = row(71, tree.a.code, { 党组织名称: '抢注党委' })
    const id = await uploadRoster(
      county.world,
      admin,
      'org',
      organisationsCsv([row(72, tree.a.code), wanted]),
      tree.a.id,
    )
    expect(await previewImport(county.world, admin, 'org', id)).toMatchObject({ added: 2, errors: 0 })
    await bring([row(71, tree.b.code, { 党组织名称: '正主党委' })])
    const state = await commitImport(county.world, admin, 'org', id)
    expect(state).toMatchObject({ state: 'FAILED', failure: { code: 'IMPORT_OUTDATED' }, rowsDone: 0 })
    expect(state.findings.nodes).toMatchObject([{ line: 3, code: 'OUTSIDE_YOUR_ORGANISATIONS' }])
    const rows = await look(
      'org',
      'select code, name, superior_id from organisation where county_id = $1 and code = any ($2) order by code',
      [county.id, [orgCode(county, 71), orgCode(county, 72)]],
    )
    expect(rows).toEqual([{ code: orgCode(county, 71), name: '正主党委', superior_id: tree.b.id.split(':')[1] }])
  })
})

describe('S3-5 what an organisation is', () => {
  const change = (id: string, input: object) =>
    county.world.ask.org(
      county.admin,
      'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { kind } } }',
      {
        input: { id, ...input },
      },
    )

  test('S3-5 a committee with others below it does not become a branch, by roster or by form', async () => {
    await bring([row(73, tree.root.code), row(74, orgCode(county, 73), { 组织类别: '党支部' })])
    const state = await bring([row(73, tree.root.code, { 组织类别: '党支部' })])
    expect(state.findings.nodes).toMatchObject([{ line: 2, code: 'BRANCH_WITH_INFERIORS' }])
    const ids = await treeOf(county)
    expect(codesOf(await change(ids[orgCode(county, 73)] as string, { kind: 'BRANCH' }))).toEqual([
      'BRANCH_WITH_INFERIORS',
    ])
    // With those below it moved elsewhere in the same file it may.
    expect(
      await bring([row(73, tree.root.code, { 组织类别: '党支部' }), row(74, tree.a.code, { 组织类别: '党支部' })]),
    ).toMatchObject({ errors: 0, changed: 2 })
  })

  test('S3-5 a branch with people does not become a committee, by roster or by form', async () => {
    const own = await createCounty()
    const { a1, a2, a } = await seedTwoCommittees(own)
    await seedMembers(own, [fullMember(own.code, a1.code)])
    const asCommittee = (place: { code: string }) =>
      organisationRow({ code: place.code, name: '升格', kind: '党委', superiorCode: a.code })
    const state = await importRoster(own.world, own.admin, 'org', organisationsCsv([asCommittee(a1), asCommittee(a2)]))
    expect(state.findings.nodes).toMatchObject([{ line: 2, code: 'COMMITTEE_WITH_PEOPLE' }])
    expect(state.changed).toBe(1)
    const document =
      'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { kind } } }'
    expect(codesOf(await own.world.ask.org(own.admin, document, { input: { id: a1.id, kind: 'COMMITTEE' } }))).toEqual([
      'COMMITTEE_WITH_PEOPLE',
    ])
    expect(
      codesOf(await own.world.ask.org(own.admin, document, { input: { id: a1.id, kind: 'JOINT_BRANCH' } })),
    ).toEqual([])
  })

  test('S3-5 a form leaves the region and the kind of unit that a roster gave', async () => {
    const one = { ...row(76, tree.a.code), 行政区划代码: '330302', 单位类别: '街道乡镇' }
    const headings = ['党组织代码', '党组织名称', '组织类别', '上级党组织代码', '行政区划代码', '单位类别'] as const
    expect(await importRoster(county.world, county.admin, 'org', toCsv([one], headings))).toMatchObject({ added: 1 })
    const id = (await treeOf(county))[one.党组织代码] as string
    expect(codesOf(await change(id, { name: '改名街道党委' }))).toEqual([])
    const held = 'select name, region_code, unit_kind from organisation where id = $1'
    expect(await look('org', held, [uuidOf(id)])).toEqual([
      { name: '改名街道党委', region_code: '330302', unit_kind: 'SUBDISTRICT_OR_TOWN' },
    ])
  })

  test('S0-38 the end of a term alone is kept, and reminded of', async () => {
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { term { start end } } } }',
      { input: { id: tree.b1.id, term: { end: '2028-12-31' } } },
    )
    expect(dataOf(answer).changeOrganisation.organisation.term).toEqual({ start: null, end: '2028-12-31' })
    const due = `select 1 from deadline where subject_id = $1 and rule = 'TERM_ENDS' and due_on = '2028-12-31' and closed_at is null`
    await until(async () => (await look('workflows', due, [uuidOf(tree.b1.id)])).length === 1, 30_000, 'it is watched')
  })

  test.each([
    ['a blank name', { name: ' ' }],
    ['a name of 121 characters', { name: '长'.repeat(121) }],
    ['a phone that is none', { phone: '0577' }],
    ['a secretary without a letter', { secretaryName: '123' }],
    ['a term that ends before it starts', { term: { start: '2025-01-01', end: '2024-01-01' } }],
    ['set up in the future', { establishedOn: '2999-01-01' }],
  ])('S3-5 a form is held to the rules of a roster: %s', async (_, input) => {
    const [code] = codesOf(await change(tree.b1.id, input))
    expect(['RECORD_REFUSED', 'TERM_ENDS_BEFORE_START']).toContain(code)
  })

  test.each(['', ' ', 'ABC', '＂', 'x'.repeat(33)])('S3-5 and so is a code: %j', async code => {
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }',
      { input: { superiorId: tree.a.id, code, name: '某支部', kind: 'BRANCH' } },
    )
    expect(codesOf(answer)).toEqual(['RECORD_REFUSED'])
  })
})
