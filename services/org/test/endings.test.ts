import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import {
  type County,
  createCounty,
  everywhereKnown,
  organisationRow,
  seedActor,
  seedTwoCommittees,
} from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { RequestOrganisationChangeInput } from '@linghang/harness/generated/org'
import { importRoster, seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { mutationsAt } from '@linghang/harness/mutations-at'
import { fullMember, membersCsv, organisationsCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { createDesk, refusalOf } from './meeting-desk.ts'

jest.setTimeout(240_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let listener: Awaited<ReturnType<typeof listen<'org.organisation.ended.v1'>>>
let people: Map<string, string>
const actors = {} as Record<'root' | 'a' | 'b', Actor>
const of = (name: string) => people.get(name) as string

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  listener = await listen('org.events', ['org.organisation.ended.v1'])
  people = await seedMembers(county, [
    ...Array.from({ length: 4 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
    fullMember(county.code, tree.a2.code, { 姓名: '甲二' }),
  ])
  for (const place of ['root', 'a', 'b'] as const) actors[place] = await seedActor(county, 'SECRETARY', tree[place].id)
})
afterAll(() => listener?.stop())

const org = (document: string, variables: object, actor = county.admin) =>
  county.world.askUntyped.org(actor, document, variables)
const ask = (input: Partial<RequestOrganisationChangeInput>, actor = actors.a) =>
  county.world.ask.org(
    actor,
    'mutation ($input: RequestOrganisationChangeInput!) { requestOrganisationChange(input: $input) { change { id state approval { id } into { id } } } }',
    { input: { organisationId: tree.a1.id, kind: 'MERGE', reason: '人数减少', ...input } },
  )
/** Approved by the office at the committee that is asked, once that has heard of it; waits for what comes of it. */
async function approved(change: { id: string; approval: { id: string } }, at: 'a' | 'b' = 'a') {
  const actor = await seedActor(county, 'SECRETARY', tree[at].id)
  await until(
    async () =>
      dataOf(
        await county.world.ask.workflows(actor, 'query ($id: ID!) { approval(id: $id) { state } }', {
          id: change.approval.id,
        }),
      ).approval,
    30_000,
    'the request is heard',
  )
  dataOf(
    await county.world.ask.workflows(
      actor,
      'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
      { input: { id: change.approval.id, outcome: 'APPROVED', reason: '经会议研究' } },
    ),
  )
  return until(async () => {
    const { node } = dataOf(
      await county.world.ask.org(
        county.admin,
        'query ($id: ID!) { node(id: $id) { ... on OrganisationChange { state blockedBy } } }',
        { id: change.id },
      ),
    )
    return node && 'state' in node && node.state !== 'REQUESTED' ? node : null
  }, 30_000)
}
const organisation = async (id: string) =>
  dataOf(
    await county.world.ask.org(
      county.admin,
      `query ($id: ID!) { organisation(id: $id) { code endedOn endedInto { id } term { end } committee { id } groups { id }
        structureFindings { kind } structureFindingCounts { kind organisations }
        offices { nodes { id } } children { totalCount nodes { id } } } }`,
      { id },
    ),
  ).organisation
const membersAt = async (id: string) =>
  (await look('members', 'select id from member where org_id = $1 and left_on is null', [uuidOf(id)])).length

describe('S0-12 支部工作条例 art. 7: organisations are merged and dissolved by decision of the superior', () => {
  test('S0-12 nobody is left in no branch, nothing is left below, and the others are one of the same county that goes on', async () => {
    const dissolve = { kind: 'DISSOLVE' } as const
    expect(refusalOf(await ask(dissolve))).toMatchObject({ code: 'ENDING_HAS_PEOPLE', article: '第七条' })
    expect(codesOf(await ask({}))).toEqual(['CHANGE_SAYS_OTHERWISE'])
    expect(refusalOf(await ask({ intoOrganisationId: tree.a.id }))).toMatchObject({
      ...{ code: 'SUCCESSOR_REFUSED', found: tree.a.code },
    })
    expect(codesOf(await ask({ intoOrganisationId: tree.a1.id }))).toEqual(['SUCCESSOR_REFUSED'])
    expect(codesOf(await ask({ intoOrganisationId: tree.b1.id }))).toEqual(['NOT_FOUND'])
    const withInferiors = await ask({ ...dissolve, organisationId: tree.b.id }, actors.root)
    expect(refusalOf(withInferiors)).toMatchObject({ code: 'ENDING_HAS_INFERIORS', found: 1 })
    expect(codesOf(await ask({ ...dissolve, organisationId: tree.root.id }, actors.root))).toEqual(['ROOT_STAYS'])
  })

  test('S0-12 what could lose a deadline stands in the way, when it is asked for and when it is carried out', async () => {
    const desk = createDesk(county)
    const draft = () => desk.record(tree.b1.id, 'CLASS', { heldOn: addDays(today, -1), agenda: '学习' })
    const meeting = await draft()
    const dissolve = { organisationId: tree.b1.id, kind: 'DISSOLVE' } as const
    const refused = await ask(dissolve, actors.root)
    expect(refused.errors[0]?.extensions).toMatchObject({
      ...{ code: 'ENDING_HAS_OPEN_MATTERS', params: { elections: 0, meetings: 1, requests: 0 } },
    })
    const drop = (id: string) =>
      org('mutation ($input: DeleteMeetingInput!) { deleteMeeting(input: $input) { __typename } }', {
        input: { id, reason: '重复登记' },
      })
    dataOf(await drop(meeting.id))
    const { change } = dataOf(await ask(dissolve, actors.root)).requestOrganisationChange
    await draft()
    expect(await approved(change, 'b')).toEqual({
      ...{ state: 'BLOCKED', blockedBy: 'ENDING_HAS_OPEN_MATTERS' },
    })
    expect((await organisation(tree.b1.id)).endedOn).toBeNull()
  })

  test('S0-12 a branch goes up in another: committee, offices, groups and term end in one transaction, its people follow, it stays to be read', async () => {
    const input = {
      ...{ organisationId: tree.a1.id, memberId: of('甲一0'), post: 'SECRETARY', entry: 'ELECTED' },
      ...{ from: addDays(today, -30), evidence: '党员大会选举' },
    }
    dataOf(await org('mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id } } }', { input }))
    const group = { organisationId: tree.a1.id, name: '一组', memberIds: [of('甲一0')] }
    dataOf(
      await org('mutation ($input: FormPartyGroupInput!) { formPartyGroup(input: $input) { group { id } } }', {
        input: group,
      }),
    )
    const term = { id: tree.a1.id, term: { end: addDays(today, 100) } }
    dataOf(
      await org(
        'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { id } } }',
        { input: term },
      ),
    )
    await seedActor(county, 'SECRETARY', tree.a1.id)
    expect((await organisation(tree.a1.id)).offices.nodes).toHaveLength(1)
    const deadlines = () =>
      look('workflows', `select 1 from deadline where subject_id = $1 and closed_at is null`, [uuidOf(tree.a1.id)])
    await until(async () => (await deadlines()).length > 0, 30_000, 'the term has its deadline')
    const { change } = dataOf(await ask({ intoOrganisationId: tree.a2.id })).requestOrganisationChange
    expect(change.into.id).toBe(tree.a2.id)
    expect(await approved(change)).toEqual({ state: 'DONE', blockedBy: null })
    const { code, ...found } = await organisation(tree.a1.id)
    expect(found).toMatchObject({
      ...{ endedOn: today, endedInto: { id: tree.a2.id }, committee: [], groups: [], offices: { nodes: [] } },
    })
    // Its code stays its own.
    const again = { code, name: '甲一党支部', kind: 'BRANCH', superiorId: tree.a.id }
    const register =
      'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }'
    expect(codesOf(await org(register, { input: again }))).toEqual(['ORGANISATION_CODE_TAKEN'])
    await until(async () => (await membersAt(tree.a2.id)) === 5, 30_000, 'its people are of the other branch')
    expect(await membersAt(tree.a1.id)).toBe(0)
    await until(async () => (await deadlines()).length === 0, 30_000, 'nothing is due of its term')
    const told = await until(() => listener.heard.find(({ subject }) => subject === uuidOf(tree.a1.id)), 30_000)
    expect(told.data).toMatchObject({ endedOn: today, successorId: uuidOf(tree.a2.id) })
    await until(async () => (await organisation(tree.a1.id)).structureFindings.length === 0, 30_000, 'nobody is left')
  })

  test('S0-12 what has ended counts no longer and is found among what has ended', async () => {
    const above = await organisation(tree.a.id)
    expect(above.children).toEqual({ totalCount: 1, nodes: [{ id: tree.a2.id }] })
    expect(above.structureFindingCounts.find(({ kind }: { kind: string }) => kind === 'SECRETARY_VACANT')).toEqual({
      ...{ kind: 'SECRETARY_VACANT', organisations: 2 },
    })
    const listed = async (ended: boolean) =>
      dataOf(
        await county.world.ask.org(
          county.admin,
          'query ($ended: Boolean!) { organisations(first: 50, ended: $ended) { nodes { id } } }',
          { ended },
        ),
      ).organisations.nodes.map(({ id }: { id: string }) => id)
    expect(await listed(false)).not.toContain(tree.a1.id)
    expect(await listed(true)).toEqual([tree.a1.id])
  })

  test('S0-12 nothing new is done there: every mutation of every service that names an organisation refuses', async () => {
    await everywhereKnown(county)
    const wrong: string[] = []
    const services = ['org', 'members', 'dues', 'assessment', 'workflows'] as const
    const tried = services.flatMap(service => mutationsAt(service, tree.a1.id))
    for (const { service, field, document, input } of tried) {
      const answer = await county.world.askUntyped[service](county.admin, document, { input })
      if (`${codesOf(answer)}` !== 'ORGANISATION_ENDED')
        wrong.push(`${field}: ${codesOf(answer)} ${JSON.stringify(input)}`)
    }
    expect(tried.length).toBeGreaterThan(25)
    expect(wrong).toEqual([])
    const refused = await ask({ organisationId: tree.a1.id, kind: 'RENAME', name: '新名' }, county.admin)
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'ORGANISATION_ENDED', params: { endedOn: today } })
    // Of what somebody does not see nothing is said.
    const stranger = await seedActor(county, 'SECRETARY', tree.b.id)
    expect(codesOf(await ask({ kind: 'RENAME', name: '新名' }, stranger))).toEqual(['NOT_FOUND'])
  })

  test('S0-12 rosters place nobody there and change nothing of it', async () => {
    const named = { code: tree.a1.code, name: '甲一社区党支部', superiorCode: tree.a.code }
    const organisations = await importRoster(
      county.world,
      county.admin,
      'org',
      organisationsCsv([organisationRow(named)]),
    )
    expect(organisations).toMatchObject({ errors: 1, added: 0, changed: 0 })
    const row = fullMember(county.code, tree.a1.code, { 姓名: '后来' })
    const members = await importRoster(county.world, county.admin, 'members', membersCsv([row]))
    expect(members).toMatchObject({ errors: 1, added: 0 })
  })
})
