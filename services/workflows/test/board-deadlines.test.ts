import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { type Data, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { tellAsAssessment, today } from './requests.ts'

jest.setTimeout(120_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
})

const dueOn = addDays(today, 10)
const heard = async (id: string, version: number) => {
  const known = 'select 1 from watch where id = $1 and version = $2'
  await until(async () => (await look('workflows', known, [id, version])).length === 1, 30_000, 'heard')
}
async function tellTalk(id: string, open: boolean): Promise<void> {
  const version = open ? 1 : 2
  const data = { id, orgId: uuidOf(places.a1.id), countyOrgId: uuidOf(places.root.id), dueOn, open, version }
  await tellAsAssessment(county, 'assessment.talk.changed.v1', id, data)
  await heard(id, version)
}
async function tellNaming(id: string, open: boolean): Promise<void> {
  const version = open ? 1 : 2
  const data = { id, orgId: uuidOf(places.root.id), answerBy: dueOn, open, version }
  await tellAsAssessment(county, 'assessment.naming.changed.v1', id, data)
  await heard(id, version)
}
const openDates = (id: string) =>
  look(
    'workflows',
    `select rule, due_on::text, nature, org_id, office_role, office_org_id from deadline
     where watch_id = $1 and subject_id = $1 and closed_at is null`,
    [id],
  )
/** As the worker does on the day of a rung. */
const remind = (id: string, rung: string) =>
  look(
    'workflows',
    `insert into reminder (county_id, org_id, role, subject_id, subject_type, rule, due_on, rung, week, round, sent_at)
     select county_id, office_org_id, office_role, subject_id, subject_type, rule, due_on, $2, 0, 1, now() - interval '1 minute'
     from deadline where watch_id = $1`,
    [id, rung],
  )
const inboxOf = async (actor: Actor): Promise<{ totalCount: number; nodes: Data[] }> =>
  entityOf<Data>(
    await county.world.askUntyped.workflows(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me { inbox(first: 50, unreadOnly: true) { totalCount
        nodes { id rule rung office { role } subject { ... on BoardTalk { id } ... on NamingRequest { id } } } } } } }`,
      { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }] },
    ),
  ).inbox

describe('S3-27 a talk that the county has called a branch in for', () => {
  test('S3-27 is due to the county’s administrators until it is closed, and the branch’s secretary hears of it at once', async () => {
    const id = randomUUID()
    await tellTalk(id, true)
    expect(await openDates(id)).toEqual([
      {
        ...{ rule: 'BOARD_TALK', due_on: dueOn, nature: 'LATEST', org_id: uuidOf(places.a1.id) },
        ...{ office_role: 'ADMIN', office_org_id: uuidOf(places.root.id) },
      },
    ])
    const turn = { rule: 'BOARD_TALK', rung: 'TURN', office: { role: 'SECRETARY' }, subject: { id: `BoardTalk:${id}` } }
    expect((await inboxOf(await seedActor(county, 'SECRETARY', places.a1.id))).nodes).toMatchObject([turn])
    expect((await inboxOf(await seedActor(county, 'SECRETARY', places.a.id))).nodes).toEqual([])
    expect((await inboxOf(county.admin)).nodes).toEqual([])
    await tellTalk(id, false)
    expect(await openDates(id)).toEqual([])
  })
})

describe('S1-3 a request not to be named that waits for an answer', () => {
  test('S1-3 is due to the county’s administrators, who find the reminder and read it; nobody is told whose it is', async () => {
    const id = randomUUID()
    await tellNaming(id, true)
    expect(await openDates(id)).toMatchObject([
      { rule: 'NAMING_ANSWER', due_on: dueOn, org_id: uuidOf(places.root.id), office_role: 'ADMIN' },
    ])
    await remind(id, 'WEEK_AHEAD')
    const found = await inboxOf(county.admin)
    expect(found).toMatchObject({
      totalCount: 1,
      nodes: [{ rule: 'NAMING_ANSWER', rung: 'WEEK_AHEAD', subject: { id: `NamingRequest:${id}` } }],
    })
    for (const other of [
      await seedActor(county, 'ADMIN', places.a.id),
      await seedActor(county, 'SECRETARY', places.root.id),
    ])
      expect((await inboxOf(other)).nodes).toEqual([])
    const read = 'mutation ($input: MarkRemindersReadInput!) { markRemindersRead(input: $input) { marked } }'
    const marked = await county.world.askUntyped.workflows(county.admin, read, {
      input: { ids: found.nodes.map(({ id: reminder }) => reminder) },
    })
    expect(dataOf(marked).markRemindersRead).toEqual({ marked: 1 })
    expect((await inboxOf(county.admin)).totalCount).toBe(0)
    await tellNaming(id, false)
    expect(await openDates(id)).toEqual([])
  })
})
