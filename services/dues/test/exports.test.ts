import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { readZip } from '@linghang/harness/read-zip'
import { addDays } from '@linghang/rulebook'
import { createYearDesk, lastYear } from './year-desk.ts'

jest.setTimeout(180_000)
const today = shanghaiDay(new Date())
const period = { from: `${lastYear}-01-01`, until: `${lastYear}-12-31` }

let desk: Awaited<ReturnType<typeof createYearDesk>>
let auditor: Actor
beforeAll(async () => {
  desk = await createYearDesk()
  const { tree, income, pay } = desk
  await income(tree.a1.id, '100')
  await income(tree.b1.id, '77')
  await pay('kai', '1230')
  await pay('mei', '3')
  await pay('kai', '9', today)
  auditor = await seedActor(desk.county, 'AUDITOR', tree.a.id)
})

const link = (by: Actor, organisationId: string, at = period) =>
  desk.world.ask.dues(
    by,
    'query ($organisationId: ID!, $from: Date!, $until: Date!) { duesExportLink(organisationId: $organisationId, from: $from, until: $until) { url } }',
    { organisationId, ...at },
  )
/** Names and contents of an archive's files. */
const unzipped = (bytes: Buffer) => new Map(readZip(bytes).map(({ name, data }) => [name, data]))

describe('S0-28 the auditor’s export', () => {
  test('S0-28 holds journals, entries, evidence and the audit’s heads, each file with its hash, and leaves a row', async () => {
    const { tree } = desk
    const { url } = dataOf(await link(auditor, tree.a.id)).duesExportLink
    const { status, bytes } = await desk.fetched(url, auditor)
    expect(status).toBe(200)
    const files = unzipped(bytes)
    const rowsOf = (name: string) =>
      (files.get(`${name}.jsonl`) as Buffer)
        .toString()
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line))
    const manifest = JSON.parse((files.get('manifest.json') as Buffer).toString())
    const sums = (files.get('SHA256SUMS') as Buffer).toString()
    for (const { name, sha256, bytes: length, rows } of manifest.files) {
      const content = files.get(name) as Buffer
      expect([name, createHash('sha256').update(content).digest('hex'), content.length]).toEqual([name, sha256, length])
      expect(content.toString().split('\n')).toHaveLength(rows + 1)
    }
    expect(sums.split('\n').slice(0, -1)).toEqual(
      [...files]
        .filter(([name]) => name !== 'SHA256SUMS')
        .map(([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}`),
    )
    expect(
      rowsOf('organisations')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([tree.a, tree.a1, tree.a2].map(({ id }) => uuidOf(id)).toSorted())
    // Of the period, and of these organisations: neither a sibling's nor what came today.
    expect(
      rowsOf('journals')
        .map(({ reason }) => reason)
        .toSorted(),
    ).toEqual(['DUES_PAID', 'DUES_PAID', 'INTEREST'])
    expect(
      rowsOf('entries')
        .map(({ amount_fen: fen }) => fen)
        .toSorted(),
    ).toEqual([100, 1230, 3])
    expect(
      rowsOf('payments')
        .map(({ amount_fen: fen }) => fen)
        .toSorted(),
    ).toEqual([1230, 3])
    const accounts = rowsOf('accounts')
    expect(accounts.map(({ closing_fen: fen }) => fen).toSorted()).toEqual([0, 1330, 3])
    const journals = new Set(rowsOf('journals').map(({ id }) => id))
    expect(rowsOf('entries').every(({ journal_id: id }) => journals.has(id))).toBe(true)

    const heads = new Map(rowsOf('audit-heads').map(({ chainId, hash }) => [chainId, hash]))
    const [head] = await look('dues', "select encode(hash, 'hex') as hash from audit_chain where id = $1", [
      uuidOf(tree.a.id),
    ])
    expect(heads.get(uuidOf(tree.a.id))).toBe(head?.hash)
    const recorded = await look(
      'dues',
      'select action, account_id from audit_entry where org_id = $1 and action like $2',
      [uuidOf(tree.a.id), 'dues-export.fetched%'],
    )
    expect(recorded).toEqual([
      { action: `dues-export.fetched: ${period.from} ${period.until}`, account_id: auditor.accountId },
    ])
  })

  test('S0-28 is for auditors, inspectors and the county’s accountant: nobody else, and of a year at most', async () => {
    const { tree, county, actors } = desk
    const [inspector, countyTreasurer, leader] = await Promise.all([
      seedActor(county, 'DISCIPLINE_INSPECTOR', tree.root.id),
      seedActor(county, 'TREASURER', tree.root.id),
      seedActor(county, 'LEADER', tree.a.id),
    ])
    for (const by of [auditor, inspector, countyTreasurer]) expect(codesOf(await link(by, tree.a1.id))).toEqual([])
    for (const by of [leader, actors.above, actors.treasurer, actors.secretary])
      expect(codesOf(await link(by, tree.a1.id))).toEqual(['FORBIDDEN'])
    expect(codesOf(await link(auditor, tree.b1.id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await link(auditor, tree.root.id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await link(await desk.memberOf('kai'), tree.a1.id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await link(auditor, tree.a1.id, { from: addDays(today, -365), until: today }))).toEqual([])
    expect(codesOf(await link(auditor, tree.a1.id, { from: addDays(today, -366), until: today }))).toEqual([
      'BOOK_PERIOD_TOO_LONG',
    ])
    const { url } = dataOf(await link(auditor, tree.a1.id)).duesExportLink
    expect((await desk.fetched(url, countyTreasurer)).status).toBe(403)
    expect((await desk.fetched(url.replace(uuidOf(tree.a1.id), uuidOf(tree.b1.id)), auditor)).status).toBe(403)
    expect((await desk.fetched(url.replace(period.from, addDays(period.from, 1)), auditor)).status).toBe(403)
  })
})
