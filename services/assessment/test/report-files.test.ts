import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, send, uuidOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)

const month = addMonths(monthOf(shanghaiDay(new Date())), -1)
const ids = { member: randomUUID(), branch: randomUUID() }
const document = {
  ...{ format: 1, key: 'pack', title: '办法', summary: '办法', period: 'MONTH' },
  scales: ['MEMBER', 'BRANCH'].map(subject => ({
    ...{ key: subject, title: subject, subject, groups: [{ key: 'LIFE', title: '组织生活' }] },
    indicators: [
      {
        ...{ key: 'CAME', title: '到会', group: 'LIFE', kind: 'BASE', per: 'MONTH', absence: 'COUNTS', points: '1' },
        ...{ cap: 5, basis: { certainty: 'COUNTY', source: '办法', article: '' }, reads: { kind: 'ATTENDANCE' } },
      },
    ],
  })),
}

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let own: Actor
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const people = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '甲一0' })])
  const memberId = people.get('甲一0') as string
  own = await actorOf(county.world, (await seedAccount(county, { keptBy: tree.a1.id, memberId })).subject)
  const first = addMonths(month, -1)
  await look(
    'assessment',
    `insert into pack_decision values ($1, 1, 'PACK', $2, '办法', '1', '县委', $2, 'pack', $3, null, now())`,
    [county.id, first, JSON.stringify(document)],
  )
  const orgId = uuidOf(tree.a1.id)
  for (const [id, type, subjectId, scale, kind] of [
    [ids.member, 'MEMBER', uuidOf(memberId), 'MEMBER', ''],
    [ids.branch, 'ORGANISATION', orgId, 'BRANCH', 'BRANCH'],
  ])
    await look(
      'assessment',
      `insert into monthly_report values ($1, $2, $3, $4, $5, $6, 'pack', 1, $7, $8, $6, $6, 300,
        '[{"key": "LIFE", "points": 300, "counted": 300}]', '{"CAME": 300}', '[]', now())`,
      [id, county.id, orgId, type, subjectId, month, scale, kind],
    )
})

const ask = (actor: Actor, id: string) =>
  county.world.ask.assessment(actor, 'query ($id: ID!) { monthlyReportLink(reportId: $id) { url } }', {
    id: `MonthlyReport:${id}`,
  })
const linkFor = async (actor: Actor, id: string): Promise<string> => dataOf(await ask(actor, id)).monthlyReportLink.url
const fetched = (actor: Actor, path: string) => send(county.world.urls.assessment, actor, { path })

describe('S1-9 a monthly report as a document', () => {
  test('S1-9 of a member and of a branch, the same bytes each time and for whoever reads it', async () => {
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    for (const [id, readers] of [
      [ids.member, [own, secretary]],
      [ids.branch, [secretary, county.admin]],
    ] as const) {
      const files = [...readers, ...readers].map(async reader => fetched(reader, await linkFor(reader, id)))
      const [one, ...others] = await Promise.all(files)
      expect([one?.status, one?.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])
      for (const other of others) expect(other.bytes.equals(one?.bytes as Buffer)).toBe(true)
    }
  })

  test('B8 for whoever reads the report in the list, by a link of their own', async () => {
    const neighbour = await seedActor(county, 'SECRETARY', tree.a2.id)
    const leaderAbove = await seedActor(county, 'LEADER', tree.a.id)
    expect(codesOf(await ask(neighbour, ids.member))).toEqual(['NOT_FOUND'])
    expect(codesOf(await ask(neighbour, ids.branch))).toEqual(['NOT_FOUND'])
    expect(codesOf(await ask(leaderAbove, ids.member))).toEqual(['NOT_FOUND'])
    expect(codesOf(await ask(own, ids.branch))).toEqual(['NOT_FOUND'])
    const link = await linkFor(own, ids.member)
    expect((await fetched(neighbour, link)).status).toBe(403)
    expect((await fetched(own, link.replace(ids.member, ids.branch))).status).toBe(403)
    expect((await fetched(own, link.replace(/\?.*/, ''))).status).toBe(403)
  })

  test('B8 who no longer reads the report is given no file, though the link is still good', async () => {
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    const link = await linkFor(secretary, ids.member)
    expect((await fetched(secretary, link)).status).toBe(200)
    expect((await fetched({ ...secretary, grants: [] }, link)).status).toBe(404)
  })
})
