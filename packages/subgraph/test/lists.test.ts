import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { codesOf, type Data, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { previewImport, seedMembers, uploadRoster } from '@linghang/harness/imports'
import { fullMember, membersCsv, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { requestOf, tellAsMembers, today } from '../../../services/workflows/test/requests.ts'

jest.setTimeout(180_000)

const people = 5
const known = 'select 1 from account_known where id = any ($1::uuid[])'
let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
let secretary: Actor
let importId: string

const activist = (n: number): PersonRow =>
  fullMember(county.code, places.a1.code, {
    ...{ 人员类别: '入党积极分子', 加入党组织日期: '', 转为正式党员日期: '', 党费人员类别: '' },
    ...{
      '党费计算基数（元/月）': '',
      递交入党申请书日期: `2025-0${n + 1}-10`,
      确定为入党积极分子日期: `2026-0${n + 1}-15`,
    },
  })

const record = (on: string) =>
  county.world.ask.org(
    county.admin,
    'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
    { input: { organisationId: places.a1.id, kind: 'BRANCH_ASSEMBLY', content: { heldOn: on } } },
  )

beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
  secretary = await seedActor(county, 'SECRETARY', places.a.id)
  const range = Array.from({ length: people }, (_, n) => n)
  const rows = range.map(activist)
  await seedMembers(county, rows)
  for (const n of range) {
    await seedAccount(county, { keptBy: places.a1.id, role: 'LEADER', at: places.a1.id })
    dataOf(await record(`2026-0${n + 1}-20`))
    const asked = requestOf({ by: places.a1.id, decider: places.a.id })
    await tellAsMembers(county, 'members.approval.requested.v1', asked.id, asked)
  }
  const deputies = await Promise.all(range.map(() => seedAccount(county, { keptBy: places.a.id })))
  await until(
    async () =>
      (await look('workflows', known, [deputies.map(({ accountId }) => accountId.split(':')[1])])).length === people,
    30_000,
    'the accounts are known',
  )
  for (const { accountId: toAccountId } of deputies)
    dataOf(
      await county.world.ask.workflows(
        secretary,
        'mutation ($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) { delegation { id } } }',
        { input: { organisationId: places.a.id, toAccountId, from: today, until: today, reason: '外出学习' } },
      ),
    )
  await look(
    'workflows',
    `insert into reminder (county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, week, round, sent_at)
     select $1, $2, 'SECRETARY', uuidv7(), 'MEMBER', 'OATH', current_date, 'OVERDUE', n, 1, now() from generate_series(1, $3::int) n`,
    [county.id, places.a.id.split(':')[1], people],
  )
  const wrong = range.map(() => ({ ...fullMember(county.code, places.a1.code), 出生日期: '1990-13-11' }))
  importId = await uploadRoster(county.world, county.admin, 'members', membersCsv([...wrong, ...rows.slice(0, 1)]))
  await previewImport(county.world, county.admin, 'members', importId)
  const heard =
    'select 1 from deadline d join org_node n on n.id = d.org_id where n.county_id = $1 and closed_at is null'
  await until(
    async () => (await look('workflows', heard, [county.id])).length >= people * 2,
    60_000,
    'what is due is known',
  )
})

type Service = 'org' | 'members' | 'workflows'
type Answered = Awaited<ReturnType<County['world']['askUntyped']['org']>>
type List = { service: Service; name: string; ask: (page: string) => Promise<Answered>; of: (data: Data) => Data }

/** A list by its field: at the root, or of an organisation as its service is asked of it. */
const fieldOf = (service: Service, name: string, on: { at?: string; node?: string; by?: () => Actor } = {}): List => ({
  service,
  name: `${on.at ? 'Organisation.' : ''}${name}`,
  ask: page => {
    const [field = '', given = ''] = name.split('(')
    const args = [given.replace(')', ''), page].filter(Boolean).join(', ')
    const list = `list: ${field}(${args}) { totalCount nodes { ${on.node ?? 'id'} } edges { cursor }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`
    const actor = on.by?.() ?? county.admin
    if (!on.at) return county.world.askUntyped[service](actor, `{ ${list} }`)
    const id = places[on.at as 'a1'].id
    if (service === 'org')
      return county.world.askUntyped.org(actor, `query ($id: ID!) { at: organisation(id: $id) { ${list} } }`, { id })
    return county.world.askUntyped[service](
      actor,
      `query ($refs: [_Any!]!) { at: _entities(representations: $refs) { ... on Organisation { ${list} } } }`,
      { refs: [{ __typename: 'Organisation', id }] },
    )
  },
  of: data => (on.at ? [data.at].flat()[0] : data).list,
})
const importList = (name: string): List => ({
  service: 'members',
  name: `MemberImport.${name}`,
  ask: page =>
    county.world.askUntyped.members(
      county.admin,
      `query ($id: ID!) { at: memberImport(id: $id) { list: ${name}(${page}) { totalCount
        nodes { ${name === 'missing' ? 'id' : 'line code'} } edges { cursor }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      { id: importId },
    ),
  of: data => data.at.list,
})

const inbox: List = {
  service: 'workflows',
  name: 'Me.inbox',
  ask: page =>
    county.world.askUntyped.workflows(
      secretary,
      `query ($refs: [_Any!]!) { at: _entities(representations: $refs) { ... on Me { list: inbox(${page}) { totalCount
        nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`,
      { refs: [{ __typename: 'Me', id: `Account:${secretary.accountId}` }] },
    ),
  of: data => data.at[0].list,
}

const lists: List[] = [
  fieldOf('org', 'organisations'),
  fieldOf('org', 'organisations(kind: BRANCH)'),
  fieldOf('org', 'children', { at: 'a' }),
  fieldOf('org', 'children', { at: 'root' }),
  fieldOf('org', 'offices', { at: 'a1' }),
  fieldOf('org', 'meetings', { at: 'a1' }),
  fieldOf('members', 'members', { at: 'a1' }),
  fieldOf('members', 'members(below: true)', { at: 'a' }),
  fieldOf('members', 'developmentCases', { at: 'a' }),
  fieldOf('members', 'developmentCases', { by: () => secretary }),
  importList('findings'),
  importList('missing'),
  fieldOf('workflows', 'deadlines', { at: 'a1' }),
  fieldOf('workflows', 'deadlines(below: false)', { at: 'a1' }),
  fieldOf('workflows', 'delegations', { at: 'a' }),
  fieldOf('workflows', 'approvals'),
  inbox,
]
const named = lists.map(list => [`${list.service} ${list.name}`, list] as const)

const read = async ({ ask, of }: List, page: string): Promise<Data> => of(dataOf(await ask(page)))

describe('S3-2 an organisation that is named by nothing', () => {
  test.each<[Service, string]>([
    ['workflows', '{ approvals(filter: { organisationId: "" }) { totalCount } }'],
    ['members', '{ developmentCases(organisationId: "") { totalCount } }'],
    ['members', 'mutation { createMemberImport(input: { organisationId: "" }) { putTo } }'],
    ['org', 'mutation { createOrganisationImport(input: { organisationId: "" }) { putTo } }'],
    ['org', '{ organisation(id: "") { code } }'],
  ])('S3-2 is not all of them, in %s: %s', async (service, document) => {
    expect(codesOf(await county.world.askUntyped[service](county.admin, document))).toEqual(['BAD_INPUT'])
  })
})

describe('platform every list', () => {
  test.each(named)('platform %s is the same from its beginning and from its end', async (_, list) => {
    const whole = await read(list, 'first: 100')
    expect(whole.nodes.length).toBe(whole.totalCount)
    expect(whole.totalCount).toBeGreaterThan(1)
    expect(whole.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false })
    const onwards: object[] = []
    for (let page = await read(list, 'first: 2'); ; ) {
      expect(page.pageInfo.hasPreviousPage).toBe(onwards.length > 0)
      onwards.push(...page.nodes)
      if (!page.pageInfo.hasNextPage) break
      page = await read(list, `first: 2, after: "${page.pageInfo.endCursor}"`)
    }
    expect(onwards).toEqual(whole.nodes)
    const backwards: object[] = []
    for (let page = await read(list, 'last: 2'); ; ) {
      expect(page.pageInfo.hasNextPage).toBe(backwards.length > 0)
      expect(page.pageInfo.startCursor).toBe(page.edges[0].cursor)
      backwards.unshift(...page.nodes)
      if (!page.pageInfo.hasPreviousPage) break
      page = await read(list, `last: 2, before: "${page.pageInfo.startCursor}"`)
    }
    expect(backwards).toEqual(whole.nodes)
  })

  test.each(['org', 'members', 'workflows'] as const)(
    'platform of %s takes no cursor of another, and never ends in a fault of ours',
    async service => {
      const ours = lists.filter(list => list.service === service)
      const cursors = await Promise.all(ours.map(async list => (await read(list, 'first: 1')).pageInfo.endCursor))
      for (const list of ours)
        for (const [n, cursor] of cursors.entries()) {
          const answers = [
            await list.ask(`first: 1, after: "${cursor}"`),
            await list.ask(`last: 1, before: "${cursor}"`),
          ]
          const wanted = ours[n] === list ? [] : ['BAD_INPUT']
          expect([list.name, ours[n]?.name, ...answers.map(codesOf)]).toEqual([
            list.name,
            ours[n]?.name,
            wanted,
            wanted,
          ])
        }
    },
  )
})
