import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createKafka, createProducer, type MemberState } from '@linghang/events'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, everywhereKnown, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import type { ServiceName } from '@linghang/migrations'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let producer: ReturnType<typeof createProducer>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  producer = createProducer(createKafka('test', surroundings().kafkaBrokers.split(','), { warn: () => undefined }))
  await producer.connect()
})
afterAll(() => producer?.disconnect())

const envelope = (type: string, subject: string, data: object) => ({
  specversion: '1.0',
  id: randomUUID(),
  type,
  source: '/linghang/test',
  subject,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  countyid: county.id,
  data,
})

const memberState = (id: string, orgId: string, version: number): MemberState => ({
  id,
  orgId,
  kind: 'FULL',
  appliedOn: null,
  activistSince: null,
  candidateSince: null,
  joinedOn: '2010-07-01',
  fullMemberSince: '2011-07-01',
  talkHeldOn: null,
  lastReviewOn: null,
  knownOn: '2026-01-01',
  duesCategory: 'FARMER',
  duesBaseFen: null,
  leftOn: null,
  version,
})

/** Sends in one go and waits until every group has heard all of it. */
async function sendAndWait(
  topic: string,
  key: string,
  events: ReturnType<typeof envelope>[],
  heardBy: [ServiceName, string][],
) {
  await producer.send({ topic, acks: -1, messages: events.map(event => ({ key, value: JSON.stringify(event) })) })
  const ids = events.map(event => event.id)
  for (const [database, consumer] of heardBy) {
    await until(async () => {
      const rows = await look(database, 'select 1 from processed_event where consumer = $1 and event_id = any ($2)', [
        consumer,
        ids,
      ])
      return rows.length === ids.length
    }, 30_000)
  }
}

const memberGroups: [ServiceName, string][] = [
  ['org', 'org.member-refs'],
  ['dues', 'dues.member-register'],
  ['assessment', 'assessment.people'],
]

describe('platform an older version that comes late changes nothing', () => {
  test.each([
    { how: 'in the same batch', batches: [[3, 2]] },
    { how: 'in a later batch', batches: [[3], [2]] },
    { how: 'after both', batches: [[1, 3], [2]] },
  ])('platform of a person, $how', async ({ batches }) => {
    const id = randomUUID()
    const orgOf: Record<number, string> = { 1: uuidOf(tree.a1.id), 2: uuidOf(tree.a2.id), 3: uuidOf(tree.b1.id) }
    for (const versions of batches) {
      const events = versions.map(version =>
        envelope('members.member.changed.v1', id, memberState(id, orgOf[version] as string, version)),
      )
      await sendAndWait('members.events', `${county.id}/${id}`, events, memberGroups)
    }
    const newest = { org_id: uuidOf(tree.b1.id), version: '3' }
    expect(await look('org', 'select org_id, version from member_ref where id = $1', [id])).toEqual([newest])
    // Where somebody was on a day is read out of their stays: the newest version that was told by then counts.
    const stays = 'select org_id, version from member_stay where member_id = $1 order by version desc limit 1'
    expect(await look('org', stays, [id])).toEqual([newest])
    expect(await look('dues', 'select org_id, version from dues_record where member_id = $1', [id])).toEqual([newest])
    expect(
      await look('assessment', 'select org_id, member_version as version from person_fact where member_id = $1', [id]),
    ).toEqual([newest])
  })

  test('platform of an organisation: neither its name nor its place goes back', async () => {
    const change = { id: tree.a1.id, name: '新名称党支部' }
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { version } } }',
        { input: change },
      ),
    )
    await everywhereKnown(county)
    const [{ path }] = await look('members', 'select path::text from org_node where id = $1', [uuidOf(tree.a1.id)])
    const old = envelope('org.organisation.moved.v1', uuidOf(tree.a1.id), {
      id: uuidOf(tree.a1.id),
      code: tree.a1.code,
      name: '旧名称',
      kind: 'BRANCH',
      superiorId: uuidOf(tree.b.id),
      term: null,
      version: 1,
    })
    const groups: [ServiceName, string][] = [
      ['members', 'members.org-tree'],
      ['dues', 'dues.org-tree'],
      ['assessment', 'assessment.org-tree'],
    ]
    await sendAndWait('org.events', county.id, [old], groups)
    for (const [database] of groups)
      expect(
        await look(database, 'select name, path::text, version from org_node where id = $1', [uuidOf(tree.a1.id)]),
      ).toEqual([{ name: '新名称党支部', path, version: '2' }])
  })
})
