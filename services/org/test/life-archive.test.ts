import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, send, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { readZip } from '@linghang/harness/read-zip'
import { createDesk, type Desk } from './meeting-desk.ts'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())
const year = Number(today.slice(0, 4))

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let person: string
let branch: Actor
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  const ids = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '档案甲' })])
  person = ids.get('档案甲') as string
  branch = await seedActor(county, 'SECRETARY', tree.a1.id)
})

const askLink = (actor: Actor, organisationId: string, of: number | null = year) =>
  county.world.askUntyped.org(
    actor,
    'query ($organisationId: ID!, $year: Int) { lifeArchiveLink(organisationId: $organisationId, year: $year) { url expiresAt } }',
    { organisationId, year: of },
  )
const linkFor = async (actor: Actor, of = year): Promise<string> =>
  dataOf(await askLink(actor, tree.a1.id, of)).lifeArchiveLink.url
const fetched = (actor: Actor, path: string) => send(county.world.urls.org, actor, { path })
const unzipped = (bytes: Buffer) => new Map(readZip(bytes).map(({ name, data }) => [name, data]))
const archiveFor = async (actor: Actor) => {
  const { status, bytes } = await fetched(actor, await linkFor(actor))
  expect(status).toBe(200)
  return bytes
}
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')

describe('S0-26 a year of an organisation’s life as one file', () => {
  test('S0-26 minutes of what was closed, plan, ledger, measures, remarks; index and sums of each, the same to the byte', async () => {
    const closed = await desk.record(tree.a1.id, 'THEME_DAY', {
      ...{
        heldOn: today,
        minutes: '学习了文件',
        presentIds: [person],
        items: [{ title: '集中学习', discussion: '逐段学习' }],
      },
    })
    dataOf(await desk.close(closed.id))
    const content = { heldOn: today, minutes: '学习了两份文件', presentIds: [person] }
    dataOf(await desk.send(county.admin, 'correctMeeting', { id: closed.id, content, reason: '补记' }))
    await desk.record(tree.a1.id, 'CLASS', { heldOn: today, participantIds: [person], presentIds: [person] })
    const body = await archiveFor(branch)
    const files = unzipped(body)
    const names = [...files.keys()]
    const minutes = `会议/001-${today}-主题党日记录-第2版.docx`
    expect(names).toEqual([
      ...['组织生活方案.docx', '组织生活台账.docx', '整改清单.docx', '民主评议结果.docx', '上级意见.docx'],
      ...[minutes, '会议版本.jsonl', '目录.docx', 'SHA256SUMS'],
    ])
    const sums = files.get('SHA256SUMS')?.toString('utf8') ?? ''
    expect(sums).toBe(
      names
        .slice(0, -1)
        .map(name => `${sha256(files.get(name) as Buffer)}  ${name}\n`)
        .join(''),
    )
    const versions = files
      .get('会议版本.jsonl')
      ?.toString('utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(versions).toMatchObject([
      { version: 1, reason: null },
      { version: 2, reason: '补记' },
    ])
    const inside = unzipped(files.get(minutes) as Buffer)
      .get('word/document.xml')
      ?.toString('utf8')
    expect(inside).toContain('学习了两份文件')
    expect(
      unzipped(files.get('目录.docx') as Buffer)
        .get('word/document.xml')
        ?.toString('utf8'),
    ).toContain(sha256(files.get(minutes) as Buffer).slice(0, 32))
    expect(sha256(await archiveFor(branch))).toBe(sha256(body))
    expect(sha256(await archiveFor(await seedActor(county, 'SECRETARY', tree.a.id)))).toBe(sha256(body))
  })

  test('S0-26 it is for whoever sees its meetings, by their own link; that it was fetched is recorded', async () => {
    for (const [role, at] of [
      ['SECRETARY', tree.b.id],
      ['TREASURER', tree.a1.id],
    ] as const)
      expect(codesOf(await askLink(await seedActor(county, role, at), tree.a1.id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await askLink(branch, tree.a1.id, 1920))).toEqual(['BAD_INPUT'])
    const link = await linkFor(branch)
    expect((await fetched(county.admin, link)).status).toBe(403)
    expect((await fetched(branch, link.replace(`year=${year}`, `year=${year - 1}`))).status).toBe(403)
    const empty = await fetched(branch, await linkFor(branch, year - 1))
    expect([...unzipped(empty.bytes).keys()]).not.toContain('会议')
    const rows = await look('org', 'select action from audit_entry where org_id = $1', [uuidOf(tree.a1.id)])
    expect(rows.map(({ action }) => action)).toContain(`life-archive.fetched: ${year}`)
  })
})
