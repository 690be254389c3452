import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, type DeadlineRule, monthOf } from '@linghang/rulebook'
import { requestOf, tellAsMembers } from './requests.ts'

jest.setTimeout(120_000)
const month = monthOf(shanghaiDay(new Date()))

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let [committee, branch, neighbour, above]: Actor[] = []
const ask = (by: Actor | undefined, document: string, variables: object) =>
  county.world.askUntyped.workflows(by as Actor, document, variables)

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  committee = await seedActor(county, 'SECRETARY', tree.a.id)
  branch = await seedActor(county, 'SECRETARY', tree.a1.id)
  neighbour = await seedActor(county, 'SECRETARY', tree.b.id)
  above = await seedActor(county, 'LEADER', tree.root.id)
  const requests = [1, 2, 3].map(() => requestOf({ by: tree.a1.id, decider: tree.a.id }))
  for (const one of requests) await tellAsMembers(county, 'members.approval.requested.v1', one.id, one)
  const open = 'query { approvals(first: 0, filter: { mine: true }) { totalCount } }'
  const heard = async () => dataOf(await ask(committee, open, {})).approvals.totalCount === requests.length
  await until(heard, 30_000, 'the requests are heard')
  const [one, ...others] = requests.map(({ id }) => ({ id: `Approval:${id}`, outcome: 'APPROVED' }))
  const alone = 'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { id } } }'
  dataOf(await ask(committee, alone, { input: { ...one, outcome: 'RETURNED', reason: '材料不全' } }))
  const many =
    'mutation ($input: DecideApprovalsInput!) { decideApprovals(input: $input) { results { refusal { code } } } }'
  const { decideApprovals } = dataOf(await ask(committee, many, { input: { decisions: others } }))
  expect(decideApprovals.results).toEqual(others.map(() => ({ refusal: null })))
  const feed = 'mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { path } }'
  dataOf(await ask(branch, feed, { input: { organisationId: tree.a1.id } }))
})

const askedOf = async (by: Actor | undefined, organisationId: string, of: string = month) => {
  const answer = await ask(
    by,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on AskedOfOrganisation {
      workflows { times fields known forms { name times fields known askedBy source } } } } }`,
    { refs: [{ __typename: 'AskedOfOrganisation', organisationId, month: of }] },
  )
  return dataOf(answer)._entities[0]?.workflows ?? null
}
const nothing = { times: 0, fields: 0, known: 0, forms: [] }

describe('S4-4 what an organisation was asked to decide in a month', () => {
  test('S4-4 a decision is work of the committee that decides, one by one or many at once, and not of the branch that asks', async () => {
    const decided = {
      ...{ times: 3, fields: 3, known: 3 },
      forms: [
        { name: 'decideApproval', times: 3, fields: 1, known: 1, askedBy: 'REGULATION', source: '下级报批事项的批复' },
      ],
    }
    expect(await askedOf(committee, tree.a.id)).toEqual(decided)
    expect(await askedOf(above, tree.a.id)).toEqual(decided)
    const { forms, ...all } = await askedOf(branch, tree.a1.id)
    expect([all.times, forms[0]]).toEqual([
      1,
      expect.objectContaining({ name: 'createCalendarFeed', askedBy: 'NOBODY' }),
    ])
  })

  test('S4-4 of the month that is asked for, and nothing to a committee beside it', async () => {
    expect(await askedOf(committee, tree.a.id, addMonths(month, -1))).toEqual(nothing)
    expect(await askedOf(neighbour, tree.a.id)).toEqual(nothing)
  })
})

describe('S4-4 what fell due at an organisation in a month', () => {
  test('S4-4 is told by rule and basis, done or not, of the offices that have to act', async () => {
    const next = addMonths(month, 2)
    const on = (day: number) => addDays(next, day - 1)
    const dateAt = (at: string, rule: DeadlineRule, dueOn: string, nature: 'LATEST' | 'EARLIEST' = 'LATEST') => ({
      ...{ rule, dueOn, nature, article: '第十三条', source: '细则', certainty: 'SECONDARY' },
      ...{ role: 'SECRETARY', orgId: uuidOf(at) },
    })
    const tell = async (id: string, version: number, ...deadlines: ReturnType<typeof dateAt>[]) => {
      const about = { id, memberId: id, orgId: uuidOf(tree.a2.id), stage: 'ADMISSION', step: 'OATH', ladders: {} }
      await tellAsMembers(county, 'members.case.changed.v1', id, { ...about, state: 'OPEN', version, deadlines })
    }
    const [one, other] = [randomUUID(), randomUUID()]
    const [before, behind] = [addDays(next, -1), addMonths(next, 1)]
    await tell(
      other,
      1,
      ...[dateAt(tree.a2.id, 'OATH', on(1)), dateAt(tree.a2.id, 'PROBATION_ENDS', before)],
      dateAt(tree.a2.id, 'THOUGHT_REPORT', behind),
    )
    await tell(one, 1, dateAt(tree.a2.id, 'OATH', on(3)), dateAt(tree.a.id, 'ADMISSION_APPROVAL', on(9)))
    const known = 'select from deadline where subject_id = $1 and due_on = $2'
    const isKnown = async (id: string, day: string) => (await look('workflows', known, [id, day])).length === 1
    await until(() => isKnown(one, on(3)), 30_000, 'the oath is due')
    // The oath was taken: it was a task all the same. What may be done from a day on is none.
    const now = [dateAt(tree.a2.id, 'PROBATION_REVIEW', on(28)), dateAt(tree.a2.id, 'NOTICE_ENDS', on(5), 'EARLIEST')]
    await tell(one, 2, ...now)
    await until(
      async () => (await isKnown(one, on(28))) && (await isKnown(other, on(1))),
      30_000,
      'the cases are heard',
    )
    const tasksOf = async (by: Actor | undefined, organisationId: string) => {
      const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on AskedOfOrganisation {
        tasks { rule times article source certainty } } } }`
      const refs = [{ __typename: 'AskedOfOrganisation', organisationId, month: next }]
      return dataOf(await ask(by, query, { refs }))._entities[0].tasks
    }
    const due = { article: '第十三条', source: '细则', certainty: 'SECONDARY' }
    expect(await tasksOf(above, tree.a2.id)).toEqual([
      { rule: 'OATH', times: 2, ...due },
      { rule: 'PROBATION_REVIEW', times: 1, ...due },
    ])
    expect(await tasksOf(committee, tree.a.id)).toEqual([{ rule: 'ADMISSION_APPROVAL', times: 1, ...due }])
    expect(await tasksOf(neighbour, tree.a2.id)).toEqual([])
  })
})
