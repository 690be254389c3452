import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createKafka, createProducer } from '@linghang/events'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember, rows } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'

jest.setTimeout(180_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let producer: ReturnType<typeof createProducer>
let people: Map<string, string>

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  people = await seedMembers(county, [
    ...Array.from({ length: 3 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
    fullMember(county.code, tree.a1.code, rows.activist('积极分子', '2024-03-31')),
  ])
  await everyoneKnown(county)
  producer = createProducer(createKafka('test', surroundings().kafkaBrokers.split(','), { warn: () => undefined }))
  await producer.connect()
})
afterAll(() => producer?.disconnect())

const told = (id: string, successorId: string | null, version: number) => ({
  ...{ specversion: '1.0', id: randomUUID(), type: 'org.organisation.ended.v1', source: '/linghang/test', subject: id },
  ...{ time: new Date().toISOString(), datacontenttype: 'application/json', countyid: county.id },
  data: { id, endedOn: '2026-11-30', successorId, version },
})
const tell = async (...events: ReturnType<typeof told>[]) => {
  const messages = events.map(event => ({ key: county.id, value: JSON.stringify(event) }))
  await producer.send({ topic: 'org.events', acks: -1, messages })
}
const heard = (id: string) =>
  look('members', `select 1 from processed_event where consumer = 'members.ended-organisations' and event_id = $1`, [
    id,
  ])
const at = async (place: { id: string }) =>
  (await look('members', 'select version from member where org_id = $1 order by id', [uuidOf(place.id)])).map(
    ({ version }) => `${version}`,
  )

describe('S0-12 the people of a branch that was merged', () => {
  test('S0-12 belong to the one that follows it, with their case, and once however often and late it is told', async () => {
    const secretary = await seedActor(county, 'SECRETARY', tree.a.id)
    const { requestOrganisationChange } = dataOf(
      await county.world.ask.org(
        secretary,
        'mutation ($input: RequestOrganisationChangeInput!) { requestOrganisationChange(input: $input) { change { approval { id } } } }',
        {
          input: {
            ...{ organisationId: tree.a1.id, kind: 'MERGE', reason: '人数减少', intoOrganisationId: tree.a2.id },
          },
        },
      ),
    )
    const id = requestOrganisationChange.change?.approval?.id as string
    const decider = await seedActor(county, 'SECRETARY', tree.a.id)
    await until(
      async () =>
        dataOf(
          await county.world.askUntyped.workflows(decider, 'query ($id: ID!) { approval(id: $id) { id } }', { id }),
        ).approval,
      30_000,
    )
    dataOf(
      await county.world.ask.workflows(
        decider,
        'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
        { input: { id, outcome: 'APPROVED' } },
      ),
    )
    await until(async () => (await at(tree.a2)).length === 4, 30_000, 'they have come')
    expect(await at(tree.a1)).toEqual([])
    const versions = await at(tree.a2)
    const caseOf = () =>
      look('members', 'select org_id from development_case where member_id = $1', [
        uuidOf(people.get('积极分子') as string),
      ])
    await until(async () => (await caseOf())[0]?.org_id === uuidOf(tree.a2.id), 30_000, 'the case goes along')
    // Told again under another id, as after a restore.
    const again = told(uuidOf(tree.a1.id), uuidOf(tree.a2.id), 2)
    await tell(again)
    await until(async () => (await heard(again.id)).length === 1, 30_000, 'it is heard again')
    expect(await at(tree.a2)).toEqual(versions)
  })
})
