import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, type Data, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember, type PersonRow } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import pg from 'pg'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
let secretary: Actor
let person: { id: string; row: PersonRow }
const today = shanghaiDay(new Date())
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
  const rows = [places.a1, places.a1, places.b1].map(({ code }) => fullMember(county.code, code))
  const ids = await seedMembers(county, rows)
  const [row] = rows as [PersonRow]
  person = { id: ids.get(row.姓名) as string, row }
  secretary = await seedActor(county, 'SECRETARY', places.a1.id)
  dataOf(
    await county.world.ask.members(
      secretary,
      'mutation ($input: RevealIdentityInput!) { revealIdentity(input: $input) { idNumber } }',
      { input: { memberId: person.id, reason: '核对身份' } },
    ),
  )
})

const entry =
  'id action reason organisationId organisation { id } accountId account { id } subjectId traceId recordedAt'
const connection = `totalCount nodes { ${entry} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`
const args = (given: string) => (given === '' ? '' : `(${given})`)

const askOrg = (actor: Actor, given = '') =>
  county.world.askUntyped.org(actor, `{ auditTrail { id org${args(given)} { ${connection} } } }`)
const askOther = (service: 'members' | 'workflows', actor: Actor, given = '') =>
  county.world.askUntyped[service](
    actor,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on AuditTrail { trail: ${service}${args(given)} { ${connection} } } } }`,
    { refs: [{ __typename: 'AuditTrail', id: `AuditTrail:${county.id}` }] },
  )
const ofPeople = async (actor: Actor, given = '') => dataOf(await askOther('members', actor, given))._entities[0].trail
const actionsIn = (trail: Data) => [...new Set(trail.nodes.map(({ action }: Data) => action))].sort()
const placesIn = (trail: Data) => [...new Set(trail.nodes.map(({ organisationId }: Data) => organisationId))].sort()

describe('S2-8 what was done and looked at', () => {
  test('S2-8 an inspector reads who looked at what in the organisations above which they stand, and no more', async () => {
    const inspector = await seedActor(county, 'DISCIPLINE_INSPECTOR', places.a.id)
    const trail = await ofPeople(inspector)
    expect(placesIn(trail)).toEqual([places.a1.id])
    expect(trail.nodes[0]).toMatchObject({
      ...{
        action: 'identity.revealed',
        reason: '核对身份',
        subjectId: person.id,
        accountId: `Account:${secretary.accountId}`,
      },
      ...{ organisation: { id: places.a1.id }, account: { id: `Account:${secretary.accountId}` } },
    })
    expect(trail.totalCount).toBe(trail.nodes.length)
    expect(JSON.stringify(trail)).not.toContain(person.row.姓名)
    expect(JSON.stringify(trail)).not.toContain(person.row.公民身份号码.slice(-8))
    const appointed = dataOf(await askOrg(inspector)).auditTrail.org
    expect(actionsIn(appointed)).toEqual(expect.arrayContaining(['office.appointed', 'organisation.imported']))
    expect(placesIn(appointed)).not.toContain(places.b.id)
    expect(placesIn(await ofPeople(await seedActor(county, 'AUDITOR', places.b.id)))).toEqual([places.b1.id])
    expect((await ofPeople(await seedActor(county, 'ADMIN', places.a2.id))).totalCount).toBe(0)
    expect(placesIn(await ofPeople(county.admin, 'first: 100'))).toEqual(
      expect.arrayContaining([places.a1.id, places.b1.id]),
    )
    expect((await ofPeople((await createCounty()).admin).catch(() => null))?.totalCount ?? 0).toBe(0)
  })

  test.each(['SECRETARY', 'LEADER', 'APP', 'nobody'])('S2-8 %s reads none of it, in no service', async role => {
    const grants =
      role === 'nobody' ? [] : [{ role: role as 'LEADER', orgId: role === 'LEADER' ? null : uuidOf(places.a.id) }]
    const kind = role === 'APP' ? ('APP' as const) : ('PERSON' as const)
    const scopes = ['org:read', 'members:read', 'workflows:read']
    const actor: Actor = {
      ...{ kind, accountId: randomUUID(), countyId: county.id, memberId: null, memberOrgId: null },
      ...{ grants, scopes: kind === 'APP' ? scopes : [] },
    }
    expect(dataOf(await askOrg(actor)).auditTrail).toBeNull()
    for (const service of ['members', 'workflows'] as const)
      expect(dataOf(await askOther(service, actor))._entities).toEqual([null])
  })

  test('S2-8 it is searched by whom, what, where and when', async () => {
    const total = async (filter: string) => (await ofPeople(county.admin, `filter: { ${filter} }`)).totalCount
    expect(await total(`accountId: "Account:${secretary.accountId}"`)).toBe(1)
    expect(await total(`subjectId: "${person.id}"`)).toBe(2)
    expect(await total(`subjectId: "${person.id}", actions: ["identity.revealed"]`)).toBe(1)
    expect(await total('actions: ["member.imported"]')).toBe(3)
    expect(await total(`actions: ["member.imported"], organisationId: "${places.a.id}"`)).toBe(2)
    expect(await total(`organisationId: "${places.a.id}", below: false`)).toBe(0)
    expect(await total(`actions: ["member.imported"], from: "${today}", to: "${today}"`)).toBe(3)
    expect(await total(`to: "2020-01-01"`)).toBe(0)
    const inspector = await seedActor(county, 'DISCIPLINE_INSPECTOR', places.a.id)
    const elsewhere = await askOther('members', inspector, `filter: { organisationId: "${places.b.id}" }`)
    expect(codesOf(elsewhere)).toEqual(['NOT_FOUND'])
    expect(codesOf(await askOther('members', county.admin, 'filter: { subjectId: "x" }'))).toEqual(['BAD_INPUT'])
  })

  test('S2-8 it is the newest first, and the same from its end', async () => {
    const whole = dataOf(await askOrg(county.admin, 'first: 100')).auditTrail.org
    const times = whole.nodes.map(({ recordedAt }: Data) => recordedAt)
    expect(times).toEqual(times.toSorted().toReversed())
    const read = async (given: string) => dataOf(await askOrg(county.admin, given)).auditTrail.org
    const last = await read('last: 2')
    expect(last.nodes).toEqual(whole.nodes.slice(-2))
    const before = await read(`last: 2, before: "${last.pageInfo.startCursor}"`)
    expect(before.nodes).toEqual(whole.nodes.slice(-4, -2))
    const other = await askOrg(county.admin, `filter: { below: false }, after: "${last.pageInfo.startCursor}"`)
    expect(codesOf(other)).toEqual(['BAD_INPUT'])
  })

  test('S2-8 the database alone keeps it from offices that do not oversee', async () => {
    const client = new pg.Client({ connectionString: databaseUrl(surroundings(), 'members') })
    await client.connect()
    const readable = async (auditGrants: string) => {
      await client.query('begin')
      await client.query(
        `select set_config('role', 'linghang_scoped', true), set_config('app.county_id', $1, true),
           set_config('app.read_grants', $2, true), set_config('app.audit_grants', $3, true)`,
        [county.id, `{${uuidOf(places.root.id)}}`, auditGrants],
      )
      const { rows } = await client.query('select distinct org_id from audit_entry')
      await client.query('rollback')
      return rows.map(({ org_id }) => `Organisation:${org_id}`)
    }
    expect(await readable('')).toEqual([])
    expect(await readable('{}')).toEqual([])
    expect(await readable(`{${uuidOf(places.a.id)}}`)).toEqual([places.a1.id])
    await client.end()
  })
})
