import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { askAs, codesOf, dataOf, send, tokenOf } from '@linghang/harness/ask'
import { type County, createCounty, everywhereKnown, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import {
  commitImport,
  everyoneKnown,
  finished,
  importRoster,
  previewImport,
  readImport,
  requestCommit,
  uploadRoster,
} from '@linghang/harness/imports'
import { applicant, fullMember, membersCsv, type PersonRow, personHeadings, toCsv } from '@linghang/harness/people'
import { sendThenRead } from '@linghang/harness/send-then-read'
import { until } from '@linghang/harness/until'
import ExcelJS from 'exceljs'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
})

const person = (changes: Partial<PersonRow> = {}, branch = tree.a1.code) => fullMember(county.code, branch, changes)
const bring = (file: string | Uint8Array, mode: 'VALID' | 'ALL_OR_NONE' = 'VALID') =>
  importRoster(county.world, county.admin, 'members', file, { mode })

/** What is registered, told and recorded of the people of this county. */
async function register() {
  const names = (await look('members', 'select name from member where county_id = $1 order by name', [county.id])).map(
    row => row.name,
  )
  const versions = await look(
    'members',
    'select id, version, content_hash from member where county_id = $1 order by id',
    [county.id],
  )
  const audits = await look(
    'members',
    `select count(*)::int as n from audit_entry where county_id = $1 and action = 'member.imported'`,
    [county.id],
  )
  return { names, versions, audits: audits[0].n as number }
}

/** Events that dues has heard about this county's people. */
const heard = async () =>
  Number(
    (await look('dues', 'select coalesce(sum(version), 0) as n from dues_record where county_id = $1', [county.id]))[0]
      .n,
  )

describe('S1-1 rosters of people', () => {
  test('S1-1 a preview judges every row and writes nothing to the register', async () => {
    const before = await register()
    const id = await uploadRoster(
      county.world,
      county.admin,
      'members',
      membersCsv([person(), person({ 人员类别: '群众' })]),
    )
    const state = await previewImport(county.world, county.admin, 'members', id)
    expect(state).toMatchObject({ state: 'PREVIEWED', rowsTotal: 2, rowsValid: 1, errors: 1, rowsDone: 0 })
    expect(state.findings.nodes).toMatchObject([
      { line: 3, column: '人员类别', code: 'UNKNOWN_PERSON_KIND', found: '群众' },
    ])
    expect(await register()).toEqual(before)
  })

  test('S1-1 VALID takes the rows without errors, ALL_OR_NONE nothing while there is one', async () => {
    const good = person()
    const file = membersCsv([good, person({ 公民身份号码: '110101199003070000' })])
    const none = await bring(file, 'ALL_OR_NONE')
    expect(none).toMatchObject({ state: 'FAILED', failure: { code: 'ROSTER_HAS_ERRORS' }, added: 0 })
    expect((await register()).names).not.toContain(good.姓名)
    const id = await uploadRoster(county.world, county.admin, 'members', file)
    await previewImport(county.world, county.admin, 'members', id)
    const commit = 'mutation ($input: CommitImportInput!) { commitMemberImport(input: $input) { import { id } } }'
    const refused = await county.world.ask.members(county.admin, commit, { input: { id, mode: 'ALL_OR_NONE' } })
    expect(codesOf(refused)).toEqual(['ROSTER_HAS_ERRORS'])
    expect(await commitImport(county.world, county.admin, 'members', id)).toMatchObject({
      state: 'COMMITTED',
      added: 1,
      errors: 1,
    })
    expect((await register()).names).toContain(good.姓名)
    expect(await bring(membersCsv([person(), person()]), 'ALL_OR_NONE')).toMatchObject({ state: 'COMMITTED', added: 2 })
  })

  test('S1-1 the same file twice changes nothing: no version, no event, no audit row', async () => {
    const file = membersCsv([person(), person(), person()])
    expect(await bring(file)).toMatchObject({ added: 3, changed: 0, unchanged: 0 })
    await everyoneKnown(county)
    const before = { ...(await register()), heard: await heard() }
    expect(await bring(file)).toMatchObject({ state: 'COMMITTED', added: 0, changed: 0, unchanged: 3 })
    await everyoneKnown(county)
    expect({ ...(await register()), heard: await heard() }).toEqual(before)
  })

  test('S1-1 a changed row gives one event and one audit row, and changes that row alone', async () => {
    const rows = [person(), person(), person()]
    await bring(membersCsv(rows))
    await everyoneKnown(county)
    const before = { ...(await register()), heard: await heard() }
    const changed = rows.map((row, i) => (i === 1 ? { ...row, '党费计算基数（元/月）': '9100.50' } : row))
    expect(await bring(membersCsv(changed))).toMatchObject({ added: 0, changed: 1, unchanged: 2 })
    await everyoneKnown(county)
    const after = { ...(await register()), heard: await heard() }
    expect(after.audits - before.audits).toBe(1)
    expect(after.heard - before.heard).toBe(1)
    expect(after.versions.filter((row, i) => row.version !== before.versions[i]?.version)).toHaveLength(1)
    const [{ n }] = await look(
      'dues',
      'select count(*)::int as n from dues_record where county_id = $1 and base_fen = 910050',
      [county.id],
    )
    expect(n).toBe(1)
  })

  test('S1-1 people whom a newer file does not name are listed and stay', async () => {
    const own = await createCounty()
    const { a1, a2 } = await seedTwoCommittees(own)
    const at = (code: string) => fullMember(own.code, code)
    const rows = [at(a1.code), at(a1.code), at(a2.code)]
    await importRoster(own.world, own.admin, 'members', membersCsv(rows))
    const state = await importRoster(own.world, own.admin, 'members', membersCsv(rows.slice(1, 2)))
    // The branch that the file does not speak of is not looked into.
    expect(state.missing.totalCount).toBe(1)
    const [row] = await look('members', 'select name, left_on from member where id = $1', [
      state.missing.nodes[0]?.id.split(':')[1],
    ])
    expect(row).toEqual({ name: rows[0]?.姓名, left_on: null })
  })

  test('S1-1 nobody is missing whose row is there and whose number a spreadsheet has damaged', async () => {
    const own = await createCounty()
    const { a1 } = await seedTwoCommittees(own)
    const rows = [fullMember(own.code, a1.code), fullMember(own.code, a1.code), fullMember(own.code, a1.code)]
    await importRoster(own.world, own.admin, 'members', membersCsv(rows))
    const [whole, damaged] = rows as [PersonRow, PersonRow]
    const file = membersCsv([whole, { ...damaged, 公民身份号码: '3.30302E+17' }])
    const state = await importRoster(own.world, own.admin, 'members', file)
    expect([state.errors, state.missing.totalCount]).toEqual([1, 1])
  })

  test('S1-1 a person of another branch is refused; its name is told to whoever sees it and to nobody else', async () => {
    const row = person({}, tree.b1.code)
    await bring(membersCsv([row]))
    const here = membersCsv([{ ...row, 所在党支部代码: tree.a1.code }])
    const wide = await bring(here)
    expect(wide.findings.nodes).toMatchObject([{ code: 'REGISTERED_IN_ANOTHER_BRANCH' }])
    expect(JSON.stringify(wide.findings)).toContain(tree.b1.code)
    const adminOfA = await seedActor(county, 'ADMIN', tree.a.id)
    const narrow = await importRoster(county.world, adminOfA, 'members', here, { organisationId: tree.a.id })
    expect(narrow.findings.nodes).toMatchObject([{ code: 'REGISTERED_IN_ANOTHER_BRANCH' }])
    expect(JSON.stringify(narrow.findings)).not.toContain(tree.b1.code)
    expect(narrow).toMatchObject({ added: 0, changed: 0 })
  })

  test('S1-1 a branch outside of the import’s organisation does not exist for it', async () => {
    const adminOfA: Actor = await seedActor(county, 'ADMIN', tree.a.id)
    const state = await importRoster(
      county.world,
      adminOfA,
      'members',
      membersCsv([person({}, tree.b1.code), person()]),
      {
        organisationId: tree.a.id,
      },
    )
    expect(state.findings.nodes).toMatchObject([{ line: 2, code: 'UNKNOWN_BRANCH' }])
    expect(state).toMatchObject({ added: 1, errors: 1 })
  })

  test('S1-1 takes UTF-8 with a BOM, GB18030, XLSX and columns in any order alike', async () => {
    const make = () => [person({ 姓名: '欧阳䶮' }), person()]
    const shuffled = [...personHeadings].reverse()
    const files: [string, (rows: PersonRow[]) => Promise<Uint8Array> | Uint8Array][] = [
      ['BOM', rows => Buffer.from(`\uFEFF${membersCsv(rows)}`)],
      ['GB18030', rows => inGb18030(membersCsv(rows))],
      ['shuffled', rows => Buffer.from(toCsv(rows, shuffled))],
      ['XLSX', rows => inXlsx(rows)],
    ]
    for (const [name, write] of files) {
      const rows = name === 'GB18030' ? [person({ 姓名: '何安' }), person({ 姓名: '李宁' })] : make()
      const state = await bring(await write(rows))
      expect({ name, ...state }).toMatchObject({ name, state: 'COMMITTED', added: 2, errors: 0 })
      // The file says the same as the one in UTF-8: nothing is left to change.
      expect({ name, ...(await bring(membersCsv(rows))) }).toMatchObject({ name, unchanged: 2, added: 0, changed: 0 })
    }
  })

  test('S1-1 gives the findings back as a CSV that a spreadsheet opens', async () => {
    const id = await uploadRoster(county.world, county.admin, 'members', membersCsv([person({ 人员类别: '=群众' })]))
    await previewImport(county.world, county.admin, 'members', id)
    const { status, text } = await send(county.world.urls.members, county.admin, {
      path: `/imports/${id.split(':')[1]}/findings.csv`,
    })
    expect(status).toBe(200)
    const lines = text.split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain('"2","人员类别"')
    // A cell that begins like a formula is text.
    expect(lines[1]).toContain(`"'=群众"`)
  })

  test('S1-1 an import without its file, or that is done, says so', async () => {
    const created = dataOf(
      await county.world.ask.members(
        county.admin,
        'mutation { createMemberImport(input: {}) { import { id state } } }',
      ),
    ).createMemberImport.import
    const preview = 'mutation ($input: PreviewImportInput!) { previewMemberImport(input: $input) { import { id } } }'
    const early = await county.world.ask.members(county.admin, preview, { input: { id: created.id } })
    expect(codesOf(early)).toEqual(['IMPORT_HAS_NO_FILE'])
    const done = await bring(membersCsv([person()]))
    expect(codesOf(await county.world.ask.members(county.admin, preview, { input: { id: done.id } }))).toEqual([
      'IMPORT_DONE',
    ])
    expect((await readImport(county.world, county.admin, 'members', done.id)).state).toBe('COMMITTED')
  })
})

/** GB18030 bytes of a text, by the decoder that the platform has: every character is looked for among the two-byte codes. */
function inGb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, [number, number]>()
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++)
      if (low !== 0x7f) codes.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Uint8Array.from(
    Array.from(text).flatMap(character => {
      if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)]
      const code = codes.get(character)
      if (!code) throw new RangeError(`${character} has no two-byte code`)
      return code
    }),
  )
}

async function inXlsx(rows: readonly PersonRow[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('党员名册')
  sheet.addRow([...personHeadings])
  for (const row of rows) sheet.addRow(personHeadings.map(heading => row[heading]))
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** What the register holds of somebody, beside the numbers. */
const heldOf = async (row: PersonRow) =>
  (
    await look(
      'members',
      `select name, kind, ethnicity, education, post, phone_masked, applied_on::text, joined_on::text, full_member_since::text, dues_category,
         dues_base_fen::text, floating, lost_contact, version::int from member where county_id = $1 and id_number_masked = $2 and name = $3`,
      [county.id, `${row.公民身份号码.slice(0, 6)}********${row.公民身份号码.slice(-4)}`, row.姓名],
    )
  )[0]
const idOf = async (row: PersonRow) =>
  `Member:${(await look('members', 'select id from member where county_id = $1 and name = $2', [county.id, row.姓名]))[0]?.id}`
const ask = askAs(
  () => county.world.ask.members,
  () => county.admin,
)
const preview = async (file: string | Uint8Array, actor = county.admin, organisationId?: string) => {
  const id = await uploadRoster(county.world, actor, 'members', file, organisationId)
  return previewImport(county.world, actor, 'members', id)
}
const counts = ({
  added,
  changed,
  unchanged,
  errors,
}: {
  added: number
  changed: number
  unchanged: number
  errors: number
}) => ({
  ...{ added, changed, unchanged, errors },
})
const leave = async (row: PersonRow) =>
  dataOf(
    await ask('mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { member { id } } }', {
      input: { memberId: await idOf(row), leftOn: new Date().toISOString().slice(0, 10), reason: '移居外地' },
    }),
  )

describe('S1-1 what a roster says nothing of stays as it is', () => {
  const required = ['姓名', '公民身份号码', '人员类别', '所在党支部代码'] as const

  test('S1-1 a column that it does not have', async () => {
    const row = person({ 是否流动党员: '是' })
    await bring(membersCsv([row]))
    const before = await heldOf(row)
    const without = toCsv([row], required)
    expect(counts(await preview(without))).toEqual({ added: 0, changed: 0, unchanged: 1, errors: 0 })
    expect(await bring(without)).toMatchObject({ state: 'COMMITTED', changed: 0, unchanged: 1 })
    expect(await heldOf(row)).toEqual(before)
    // What it does say is taken, and the hash is that of the whole record.
    const renamed = { ...row, 姓名: '改名甲' }
    expect(await bring(toCsv([renamed], required))).toMatchObject({ changed: 1 })
    expect(await heldOf(renamed)).toEqual({ ...before, name: '改名甲', version: 2 })
    expect(await bring(membersCsv([renamed]))).toMatchObject({ changed: 0, unchanged: 1 })
  })

  test.each([
    ['手机号码', '1381234567'],
    ['民族', '火星族'],
    ['学历', '研究生（硕士）'],
    ['党费人员类别', '个体工商户'],
    ['是否流动党员', '个别'],
  ] as const)('S1-1 an optional cell that cannot be read: %s %s', async (column, cell) => {
    const row = person({ 是否流动党员: '是' })
    await bring(membersCsv([row]))
    const before = await heldOf(row)
    expect(await bring(membersCsv([{ ...row, [column]: cell }]))).toMatchObject({
      errors: 0,
      warnings: 1,
      unchanged: 1,
    })
    expect(await heldOf(row)).toEqual(before)
  })

  test('S1-1 and somebody new is registered with what it says', async () => {
    const row = person()
    expect(await bring(toCsv([row], required))).toMatchObject({ added: 1 })
    expect(await heldOf(row)).toMatchObject({
      phone_masked: null,
      ethnicity: null,
      floating: false,
      lost_contact: false,
    })
    expect(await bring(toCsv([row], required))).toMatchObject({ unchanged: 1 })
  })
})

describe('S1-1 a commit does what the preview said', () => {
  test('S1-1 as many are added, changed, left and refused', async () => {
    const rows = Array.from({ length: 6 }, () => person())
    await bring(membersCsv(rows.slice(0, 4)))
    const file = membersCsv([
      ...rows.map((row, i) => (i < 2 ? { ...row, 工作岗位: '会计' } : row)),
      person({ 人员类别: '群众' }),
    ])
    const id = await uploadRoster(county.world, county.admin, 'members', file)
    const said = { added: 2, changed: 2, unchanged: 2, errors: 1 }
    expect(counts(await previewImport(county.world, county.admin, 'members', id))).toEqual(said)
    expect(counts(await commitImport(county.world, county.admin, 'members', id))).toEqual(said)
  })

  test('S1-1 who has left is an error of the preview, with the line', async () => {
    const [row, other] = [person(), person()] as const
    await bring(membersCsv([row, other]))
    await leave(row)
    const state = await preview(membersCsv([other, row]))
    expect(counts(state)).toEqual({ added: 0, changed: 0, unchanged: 1, errors: 1 })
    expect(state.findings.nodes).toMatchObject([{ line: 3, column: '公民身份号码', code: 'HAS_LEFT' }])
    expect(await bring(membersCsv([other, row]), 'ALL_OR_NONE')).toMatchObject({
      state: 'FAILED',
      failure: { code: 'ROSTER_HAS_ERRORS' },
    })
  })

  test.each(['VALID', 'ALL_OR_NONE'] as const)(
    'S1-1 what would be refused after all stops it before it begins, %s',
    async mode => {
      const [leaver, other] = [person(), person()] as const
      await bring(membersCsv([leaver, other]))
      const file = membersCsv([{ ...other, 工作岗位: '会计' }, person(), leaver])
      const id = await uploadRoster(county.world, county.admin, 'members', file)
      expect(await previewImport(county.world, county.admin, 'members', id)).toMatchObject({ rowsValid: 3, errors: 0 })
      await leave(leaver)
      const before = await register()
      const state = await commitImport(county.world, county.admin, 'members', id, mode)
      expect(state).toMatchObject({ state: 'FAILED', failure: { code: 'IMPORT_OUTDATED' }, errors: 1, rowsDone: 0 })
      expect(state.findings.nodes).toMatchObject([{ line: 4, code: 'HAS_LEFT' }])
      expect(await register()).toEqual(before)
      expect(counts(await previewImport(county.world, county.admin, 'members', id))).toEqual({
        added: 1,
        changed: 1,
        unchanged: 0,
        errors: 1,
      })
    },
  )

  test('S3-2 a branch that has been moved away from the importer is not written into', async () => {
    const own = await createCounty()
    const { a, b, a1 } = await seedTwoCommittees(own)
    const admin = await seedActor(own, 'ADMIN', a.id)
    const row = fullMember(own.code, a1.code)
    const id = await uploadRoster(own.world, admin, 'members', membersCsv([row]), a.id)
    expect(await previewImport(own.world, admin, 'members', id)).toMatchObject({ added: 1, errors: 0 })
    dataOf(
      await own.world.ask.org(
        own.admin,
        'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { id } } }',
        {
          input: { id: a1.id, superiorId: b.id },
        },
      ),
    )
    await everywhereKnown(own)
    const state = await commitImport(own.world, admin, 'members', id)
    expect(state).toMatchObject({ state: 'FAILED', failure: { code: 'IMPORT_OUTDATED' } })
    expect(state.findings.nodes).toMatchObject([{ line: 2, code: 'OUTSIDE_YOUR_ORGANISATIONS' }])
    expect(await look('members', 'select 1 from member where county_id = $1', [own.id])).toEqual([])
  })
})

describe('S0-15 a roster and an open case', () => {
  test('S0-15 the case decides where somebody stands: the roster is told so, and takes the rest', async () => {
    const row = { ...applicant(county.code, tree.a1.code, '2026-11-01') }
    dataOf(
      await ask('mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { id } } }', {
        input: {
          organisationId: tree.a1.id,
          name: row.姓名,
          idNumber: row.公民身份号码,
          kind: 'APPLICANT',
          appliedOn: '2026-11-01',
        },
      }),
    )
    for (const changes of [
      { 递交入党申请书日期: '2026-10-01' },
      { 人员类别: '预备党员', 加入党组织日期: '2026-11-05' },
    ]) {
      const state = await bring(membersCsv([{ ...row, ...changes, 工作岗位: '教师长' }]))
      expect(state).toMatchObject({ state: 'COMMITTED', errors: 0 })
      expect(
        new Set(state.findings.nodes.filter(({ code }) => code === 'CASE_DECIDES').map(({ line }) => line)),
      ).toEqual(new Set([2]))
      expect(await heldOf(row)).toMatchObject({
        kind: 'APPLICANT',
        applied_on: '2026-11-01',
        joined_on: null,
        post: '教师长',
      })
    }
  })

  test('S0-15 a case on paper alone follows the register, further and back', async () => {
    const row = applicant(county.code, tree.a1.code, '2025-01-10')
    const at = (changes: Partial<PersonRow>) => bring(membersCsv([{ ...row, ...changes }]))
    const stage = async () =>
      dataOf(
        await ask('query ($id: ID!) { member(id: $id) { developmentCases { stage step phase dates { rule } } } }', {
          id: await idOf(row),
        }),
      ).member.developmentCases
    const standsAt = (wanted: string) =>
      until(
        async () => (await stage()).length === 1 && (await stage())[0]?.stage === wanted,
        30_000,
        `the case stands at ${wanted}`,
      )
    await at({ 人员类别: '预备党员', 加入党组织日期: '2026-10-10' })
    await standsAt('PROBATION')
    await at({ 人员类别: '发展对象', 确定为发展对象日期: '2026-10-10' })
    await standsAt('CANDIDATE')
    expect(JSON.stringify(await stage())).not.toContain('PROBATION')
  })

  test('1.1/2 no term runs from an application of which nobody knows the day', async () => {
    const row = applicant(county.code, tree.a1.code, '')
    await bring(membersCsv([row]))
    const cases = await until(
      async () => {
        const { member } = dataOf(
          await ask('query ($id: ID!) { member(id: $id) { developmentCases { step dates { rule } dueOn } } }', {
            id: await idOf(row),
          }),
        )
        return member.developmentCases.length > 0 ? member.developmentCases : null
      },
      30_000,
      'the case is adopted',
    )
    expect(cases).toEqual([{ step: 'APPLICANT_TALK', dates: [], dueOn: null }])
  })
})

describe('S1-1 a file that cannot be read to its end changes nothing', () => {
  const failed = async (file: string | Uint8Array) => {
    const before = await register()
    const state = await bring(file)
    expect(state).toMatchObject({ state: 'FAILED', rowsDone: 0, rowsValid: 0, added: 0 })
    expect(await register()).toEqual(before)
    return state
  }

  test('S1-1 with a quotation mark that is never closed, however far down it stands', async () => {
    const rows = Array.from({ length: 1_200 }, () => person())
    const lines = membersCsv(rows).split('\n')
    lines[1_101] = `"${lines[1_101]}`
    const state = await failed(lines.join('\n'))
    expect(state.failure?.code).toBe('BROKEN_CSV')
    expect(state.findings.nodes).toMatchObject([{ line: 1_102, code: 'BROKEN_CSV' }])
  })

  test.each([
    ['a PDF', '%PDF-1.7\n', 'FORMAT_NOT_SUPPORTED'],
    ['a RAR', 'Rar!\x1a\x07\x01\x00\x33\x92\xb5\xe5\x0a\x01\x05\x06\x00', 'FORMAT_NOT_SUPPORTED'],
    ['a NUL in a heading', '姓名,备\0注\n甲,乙\n', 'FORMAT_NOT_SUPPORTED'],
    [
      'a page of the web',
      '<html><head><meta charset="utf-8"></head><table><tr><td>姓名</td></tr></table></html>',
      'FORMAT_NOT_SUPPORTED',
    ],
    ['a heading alone', '姓名,公民身份号码,人员类别,所在党支部代码\n', 'FILE_EMPTY'],
    ['no heading of ours', '甲,乙\n1,2\n', 'COLUMN_MISSING'],
  ])('S1-1 %s', async (_, file, code) => {
    const state = await failed(Buffer.from(file))
    expect(state.failure?.code).toBe(code)
  })

  test('S3-2 a roster without its heading gives nobody’s numbers away', async () => {
    const rows = [person(), person()]
    const state = await failed(membersCsv(rows).split('\n').slice(1).join('\n'))
    const { text } = await send(county.world.urls.members, county.admin, {
      path: `/imports/${state.id.split(':')[1]}/findings.csv`,
    })
    const kept = JSON.stringify(
      await look('members', 'select * from roster_finding where import_id = $1', [state.id.split(':')[1]]),
    )
    for (const { 公民身份号码, 手机号码 } of rows)
      for (const number of [公民身份号码, 手机号码])
        for (const place of [text, kept]) expect(place).not.toContain(number)
  })
})

describe('S1-1 one upload at a time', () => {
  const create = async () =>
    dataOf(await ask('mutation { createMemberImport(input: {}) { import { id } putTo } }', {})).createMemberImport
  const put = (path: string, body: Uint8Array | string) =>
    send(county.world.urls.members, county.admin, {
      method: 'PUT',
      path: path.replace('/imports/members/', '/imports/'),
      body,
    })
  const rowsOf = async (id: string) => {
    const state = await previewImport(county.world, county.admin, 'members', id)
    const rows = await look(
      'members',
      `select distinct record #>> '{said,post}' as post from roster_row where import_id = $1`,
      [id.split(':')[1]],
    )
    return { state: state.state, posts: rows.map(({ post }) => post) }
  }

  test('S1-1 two files never become one: the second is told to wait, and nothing fails', async () => {
    const file = (post: string) => {
      const row = membersCsv([person({ 工作岗位: post })]).split('\n')[1] as string
      // Several parts of the size in which a file is kept.
      return Buffer.from([membersCsv([]).trim(), ...Array.from({ length: 20_000 }, () => row)].join('\n'))
    }
    const { import: made, putTo } = await create()
    const [first, second, third] = ['甲岗', '乙岗', '丙岗'].map(file) as [Buffer, Buffer, Buffer]
    const { readable: body, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const sending = writable.getWriter()
    const half = Math.floor(first.length / 2)
    const address = `${county.world.urls.members}${putTo.replace('/imports/members/', '/imports/')}`
    const headers = { authorization: `Bearer ${await tokenOf(county.admin)}` }
    const underWay = fetch(address, { method: 'PUT', headers, body, duplex: 'half' } as RequestInit)
    await sending.write(first.subarray(0, half))
    // While the first is half sent nobody else gets in.
    await until(async () => {
      const [row] = await look('members', 'select upload_token from roster_import where id = $1', [
        made.id.split(':')[1],
      ])
      return row?.upload_token != null
    })
    const others = await Promise.all([second, third].map(other => put(putTo, other)))
    expect(others.map(({ status }) => status)).toEqual([409, 409])
    await sending.write(first.subarray(half))
    await sending.close()
    expect((await underWay).status).toBe(200)
    expect((await rowsOf(made.id)).posts).toEqual(['甲岗'])
    // Whoever comes next on the same connections is answered.
    expect(codesOf(await ask('{ organisationsInRegister }', {}))).toEqual([])
  })

  test('S1-1 an empty file is said to be empty, and the next one is taken', async () => {
    const { import: made, putTo } = await create()
    const empty = await put(putTo, new Uint8Array(0))
    expect([empty.status, JSON.parse(empty.text).code]).toEqual([400, 'FILE_EMPTY'])
    expect((await put(putTo, membersCsv([person({ 工作岗位: '丁岗' })]))).status).toBe(200)
    expect(await rowsOf(made.id)).toEqual({ state: 'PREVIEWED', posts: ['丁岗'] })
  })

  test('S1-1 who still sends reads why the file is not taken: too long, or too late', async () => {
    const { import: made, putTo } = await create()
    const path = putTo.replace('/imports/members/', '/imports/')
    const headers = { authorization: `Bearer ${await tokenOf(county.admin)}` }
    const sent = async (mebibytes: number, chunked = false) => {
      const said = await sendThenRead(county.world.urls.members, path, mebibytes * 1024 * 1024, { headers, chunked })
      return { status: said.status, ...JSON.parse(said.body) }
    }
    await put(putTo, membersCsv([person({ 工作岗位: '戊岗' })]))
    const tooLong = await sent(257)
    expect([tooLong.status, tooLong.code]).toEqual([413, 'FILE_TOO_LARGE'])
    for (const text of Object.values(tooLong.messages)) expect(text).toContain(String(256 * 1024 * 1024))
    // The file that was there still is.
    expect(await rowsOf(made.id)).toEqual({ state: 'PREVIEWED', posts: ['戊岗'] })
    await commitImport(county.world, county.admin, 'members', made.id)
    for (const chunked of [false, true])
      expect(await sent(16, chunked)).toMatchObject({ status: 409, code: 'IMPORT_DONE' })
  })

  test('S1-1 an import that ended its reader three times is not read again, and says so', async () => {
    const read = async (readersEnded: number) => {
      const id = await uploadRoster(county.world, county.admin, 'members', membersCsv([person()]))
      // What three readers leave behind that were killed, one after the other, before they had read anything.
      await look(
        'members',
        `update roster_import set state = 'PREVIEWING', claims = $2, lease_until = now() - interval '1 minute' where id = $1`,
        [id.split(':')[1], readersEnded],
      )
      const { state, failure } = await finished(county.world, county.admin, 'members', id)
      return [state, failure?.code ?? null]
    }
    expect(await read(2)).toEqual(['PREVIEWED', null])
    expect(await read(3)).toEqual(['FAILED', 'IMPORT_STUCK'])
  })

  test('S1-1 a county’s row is judged while another county’s big roster is still being read', async () => {
    const other = await createCounty()
    const branch = (await seedTwoCommittees(other)).a1
    const many = Array.from({ length: 12_000 }, () => fullMember(other.code, branch.code))
    const big = await uploadRoster(other.world, other.admin, 'members', membersCsv(many))
    await requestCommit(other.world, other.admin, 'members', big, 'VALID')
    const done = await bring(membersCsv([person({ 姓名: '不必等' })]))
    expect([done.state, done.added]).toEqual(['COMMITTED', 1])
    expect(['PREVIEWING', 'COMMITTING']).toContain((await readImport(other.world, other.admin, 'members', big)).state)
    await finished(other.world, other.admin, 'members', big, 110_000)
  })

  test('S1-1 an import is let go by its owner, with everybody’s data in it', async () => {
    const { import: made, putTo } = await create()
    await put(putTo, membersCsv([person()]))
    await rowsOf(made.id)
    const withdraw = (actor = county.admin) =>
      county.world.ask.members(
        actor,
        'mutation ($input: WithdrawImportInput!) { withdrawMemberImport(input: $input) { import { state } } }',
        { input: { id: made.id } },
      )
    expect(codesOf(await withdraw(await seedActor(county, 'ADMIN', tree.a.id)))).toEqual(['NOT_FOUND'])
    expect(dataOf(await withdraw()).withdrawMemberImport.import).toEqual({ state: 'WITHDRAWN' })
    for (const table of ['roster_chunk', 'roster_row'])
      expect(await look('members', `select 1 from ${table} where import_id = $1`, [made.id.split(':')[1]])).toEqual([])
    expect((await put(putTo, membersCsv([person()]))).status).toBe(409)
  })
})
