import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { addDays } from '@linghang/rulebook'
import { createYearDesk, hearDues, lastYear } from './year-desk.ts'

jest.setTimeout(180_000)
const today = shanghaiDay(new Date())

type Desk = Awaited<ReturnType<typeof createYearDesk>>
let desk: Desk
let ears: Awaited<ReturnType<typeof hearDues>>
afterAll(() => ears?.stop())
beforeAll(async () => {
  ears = await hearDues()
  desk = await createYearDesk()
  const { tree, income, pay } = desk
  await income(tree.a1.id, '5000', 'OPENING_BALANCE')
  await income(tree.a1.id, '100')
  await income(tree.a2.id, '70')
  await pay('kai', '1230')
  await pay('lan', '20')
  await pay('mei', '3')
  // Of this year: told of next year.
  await pay('kai', '9999', `${lastYear + 1}-01-01`)
})

const told = `publication { id year edition reason remarks publishedOn contentHash namesMembers corrects { id } members { member { id } paidFen }
  statement { year openingFen incomes { reason amountFen } outgoes { reason amountFen } uses { use amountFen } closingFen
    collection { members bills dueFen paidFen } } }`
const publish = (by: Actor, organisationId: string, more: object = {}) =>
  desk.mutate(by, 'publishDues', 'PublishDuesInput', { organisationId, year: lastYear, ...more }, told)
const published = async (...args: Parameters<typeof publish>) => dataOf(await publish(...args)).done.publication
const listed = async (by: Actor, id: string) =>
  (await desk.shown(by, id, 'duesPublications(first: 10) { totalCount nodes { id edition } }')).duesPublications.nodes
const link = (by: Actor, id: string) =>
  desk.world.ask.dues(by, 'query ($id: ID!) { duesPublicationLink(publicationId: $id) { url } }', { id })

describe('S0-24 the yearly publication', () => {
  test('S0-24 is made from books that are closed, by who keeps them, once a year', async () => {
    const { actors, tree, close } = desk
    expect(codesOf(await publish(actors.treasurer, tree.a1.id))).toEqual(['DUES_YEAR_NOT_CLOSED'])
    await close(`${lastYear}-11-01`)
    expect(codesOf(await publish(actors.treasurer, tree.a1.id))).toEqual(['DUES_YEAR_NOT_CLOSED'])
    await close(`${lastYear}-12-01`)
    expect(codesOf(await publish(actors.treasurer, tree.a1.id, { year: lastYear + 1 }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await publish(actors.treasurer, tree.a1.id, { year: 2007 }))).toEqual(['BAD_INPUT'])
    const leader = await seedActor(desk.county, 'LEADER', tree.a1.id)
    for (const by of [actors.sibling, leader, await desk.memberOf('lan')])
      expect(codesOf(await publish(by, tree.a1.id))).toEqual(['NOT_FOUND'])

    const raced = await Promise.all(Array.from({ length: 6 }, () => publish(actors.treasurer, tree.a1.id)))
    const good = raced.filter(({ errors }) => errors.length === 0)
    expect(raced.filter(({ errors }) => errors.length > 0).map(codesOf)).toEqual(
      Array(5).fill(['DUES_PUBLISHED_ALREADY']),
    )
    const publication = dataOf(good[0] as (typeof raced)[0]).done.publication
    expect(publication).toMatchObject({
      ...{ year: lastYear, edition: 1, reason: null, remarks: null, publishedOn: today, corrects: null },
      ...{ namesMembers: false, members: [] },
      statement: {
        ...{ year: lastYear, openingFen: '5000', closingFen: '6350', outgoes: [], uses: [] },
        incomes: [
          { reason: 'DUES_PAID', amountFen: '1250' },
          { reason: 'INTEREST', amountFen: '100' },
        ],
      },
    })
    const [row] = await look('dues', 'select content from dues_publication where id = $1', [uuidOf(publication.id)])
    expect(createHash('sha256').update(row?.content).digest('hex')).toBe(publication.contentHash)
    expect(row?.content).not.toContain(uuidOf(desk.memberId('kai')))
  })

  test('S0-24 is never changed: what was wrong is a new edition that names the latest, and says why', async () => {
    const { actors, tree } = desk
    const [first] = await listed(actors.secretary, tree.a1.id)
    const correct = (publicationId: string, reason: string, by = actors.secretary) =>
      publish(by, tree.a1.id, { remarks: '收支两条线', correction: { publicationId, reason } })
    expect(codesOf(await correct(first.id, ' '))).toEqual(['BAD_INPUT'])
    expect(codesOf(await correct(first.id, '漏说明', actors.sibling))).toEqual(['NOT_FOUND'])
    const second = dataOf(await correct(first.id, '漏说明')).done.publication
    expect(second).toMatchObject({ edition: 2, reason: '漏说明', remarks: '收支两条线', corrects: { id: first.id } })
    expect(codesOf(await correct(first.id, '再改'))).toEqual(['PUBLICATION_NOT_LATEST'])
    expect(codesOf(await publish(actors.secretary, tree.a1.id))).toEqual(['DUES_PUBLISHED_ALREADY'])
    const before = 'update dues_publication set remarks = $2 where id = $1'
    await expect(look('dues', before, [uuidOf(first.id), '改'])).rejects.toThrow('append-only')
    expect((await listed(actors.secretary, tree.a1.id)).map(({ edition }: { edition: number }) => edition)).toEqual([
      2, 1,
    ])
    expect(await ears.about(tree.a1.id, 'dues.publication.published.v1', 2)).toEqual([
      { id: uuidOf(first.id), orgId: uuidOf(tree.a1.id), year: lastYear, on: today, version: 1 },
      { id: uuidOf(second.id), orgId: uuidOf(tree.a1.id), year: lastYear, on: today, version: 2 },
    ])
  })

  test('S0-24 is for every member of the branch and of those below, and for superiors; a sibling has none of it', async () => {
    const { actors, tree, county } = desk
    const ofA = await published(actors.above, tree.a.id)
    expect(ofA.statement).toMatchObject({ openingFen: '5000', closingFen: '6423' })
    const [kai, mei] = [await desk.memberOf('kai'), await desk.memberOf('mei')]
    const [latest] = await listed(actors.secretary, tree.a1.id)
    for (const by of [kai, actors.secretary, actors.treasurer, actors.above, county.admin])
      expect((await listed(by, tree.a1.id))[0]?.id).toBe(latest.id)
    for (const by of [kai, mei, actors.above]) expect((await listed(by, tree.a.id))[0]?.id).toBe(ofA.id)
    // What the committee tells is told to the members below; its books and those of its branches are not theirs.
    for (const by of [actors.sibling, mei]) {
      expect(await listed(by, tree.a1.id)).toEqual([])
      expect(codesOf(await link(by, latest.id))).toEqual(['NOT_FOUND'])
    }
    expect((await desk.shown(kai, tree.a1.id, 'duesAccount { balanceFen }')).duesAccount).toBeNull()
    const { url } = dataOf(await link(kai, latest.id)).duesPublicationLink
    const file = await desk.fetched(url, kai)
    expect([file.status, file.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    expect((await desk.fetched(url, mei)).status).toBe(403)
  })

  test('S0-24 says what each member paid only once the county has decided so, and only a branch does', async () => {
    const { actors, tree, county } = desk
    const set = (by: Actor, effectiveFrom: string, basis = '县委组织部 2026 年 3 号文') =>
      desk.mutate(by, 'setDuesPublicationPolicy', 'SetDuesPublicationPolicyInput', {
        ...{ namesMembers: true, effectiveFrom, basis },
      })
    expect(codesOf(await set(actors.above, today))).toEqual(['FORBIDDEN'])
    for (const [day, codes] of [
      [addDays(today, -1), ['BAD_INPUT']],
      [addDays(today, 401), ['BAD_INPUT']],
      [addDays(today, 400), []],
      [today, []],
      [today, ['PUBLICATION_POLICY_DATE_TAKEN']],
    ] as const)
      expect(codesOf(await set(county.admin, day))).toEqual(codes)
    expect(codesOf(await set(county.admin, addDays(today, 3), ' '))).toEqual(['BAD_INPUT'])
    const [latest] = await listed(actors.secretary, tree.a1.id)
    const named = await published(actors.secretary, tree.a1.id, {
      correction: { publicationId: latest.id, reason: '按县里决定逐人公布' },
    })
    expect(named.namesMembers).toBe(true)
    expect(
      Object.fromEntries(
        named.members.map((one: { member: { id: string }; paidFen: string }) => [one.member.id, one.paidFen]),
      ),
    ).toEqual({ [desk.memberId('kai')]: '1230', [desk.memberId('lan')]: '20' })
    const [ofA] = await listed(actors.above, tree.a.id)
    const again = await published(actors.above, tree.a.id, {
      correction: { publicationId: ofA.id, reason: '补充说明' },
    })
    expect([again.namesMembers, again.members]).toEqual([false, []])
  })
})
