import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import ExcelJS from 'exceljs'
import { codesOf, dataOf, send } from '../../../tests/harness/ask.ts'
import { type County, createCounty, seedActor, seedTwoCommittees } from '../../../tests/harness/county.ts'
import { look } from '../../../tests/harness/databases.ts'
import {
  commitImport,
  everyoneKnown,
  importRoster,
  previewImport,
  readImport,
  uploadRoster,
} from '../../../tests/harness/imports.ts'
import { fullMember, membersCsv, type PersonRow, personHeadings, toCsv } from '../../../tests/harness/people.ts'

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
