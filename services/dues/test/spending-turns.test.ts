import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { until } from '@linghang/harness/until'
import { addDays, spendingDecisionDays, spendingHoldDays } from '@linghang/rulebook'
import { createSpendingDesk, dataOf, idOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

let desk: Awaited<ReturnType<typeof createSpendingDesk>>
beforeAll(async () => {
  desk = await createSpendingDesk()
  await desk.setPolicy('0', '1000')
})

type Subject = { __typename: string; id: string } | null
/** What somebody finds in the inbox about a request. */
const inboxOf = async (id: string, by: Actor) => {
  const answer = await desk.county.world.askUntyped.workflows(
    by,
    `query ($me: [_Any!]!) { _entities(representations: $me) { ... on Me { inbox(first: 100) { nodes {
      rule rung dueOn office { role } subject { __typename ... on DuesSpending { id } } } } } } }`,
    { me: [{ __typename: 'Me', id: `Account:${by.accountId}` }] },
  )
  const nodes = dataOf(answer)._entities[0].inbox.nodes as { rule: string; rung: string; subject: Subject }[]
  return nodes.filter(({ subject }) => subject?.id === id)
}
/** What is due of a request now, as the organisation's lists have it. */
const dueOf = async (id: string, organisationId = desk.tree.a1.id, by = desk.county.admin) => {
  const answer = await desk.county.world.askUntyped.workflows(
    by,
    `query ($organisationId: ID!) { deadlines(organisationId: $organisationId, first: 100) { nodes {
      rule dueOn office { organisation { id } } subject { __typename ... on DuesSpending { id } } } } }`,
    { organisationId },
  )
  type Due = { rule: string; dueOn: string; office: { organisation: { id: string } }; subject: Subject }
  const nodes = dataOf(answer).deadlines.nodes as Due[]
  return nodes
    .filter(({ subject }) => subject?.id === id)
    .map(({ rule, dueOn, office }) => [rule, dueOn, office.organisation.id])
}
const isDue = (id: string, wanted: string[][]) =>
  until(
    async () => JSON.stringify(await dueOf(id)) === JSON.stringify(wanted),
    20_000,
    `of ${uuidOf(id)} ${JSON.stringify(wanted)} is due`,
  )
const decision = addDays(today, spendingDecisionDays)
const booking = addDays(today, spendingHoldDays)

describe('S0-16 whose turn it is finds it in the inbox, where everything else is', () => {
  test('S0-16 each level that decides hears at once, then whoever books; nobody else, and nothing once it is booked', async () => {
    const id = await desk.agreed('1001')
    dataOf(await desk.submit(id))
    await isDue(id, [['DUES_SPENDING_DECISION', decision, desk.tree.a.id]])
    const asked = { rule: 'DUES_SPENDING_DECISION', rung: 'REQUESTED', dueOn: decision, office: { role: 'SECRETARY' } }
    expect(await inboxOf(id, desk.actors.above)).toEqual([{ ...asked, subject: { __typename: 'DuesSpending', id } }])
    const beside = await seedActor(desk.county, 'SECRETARY', desk.tree.b.id)
    for (const by of [desk.actors.secretary, desk.actors.aboveBoth, beside]) expect(await inboxOf(id, by)).toEqual([])
    dataOf(await desk.decide(id, desk.actors.above))
    await isDue(id, [['DUES_SPENDING_DECISION', decision, desk.tree.root.id]])
    expect(await inboxOf(id, desk.actors.aboveBoth)).toMatchObject([asked])
    dataOf(await desk.decide(id, desk.actors.aboveBoth))
    await isDue(id, [['DUES_SPENDING_BOOKING', booking, desk.tree.a1.id]])
    dataOf(await desk.settle(id, '1001'))
    await isDue(id, [])
  })

  test('S0-16 what is returned and handed in again is heard of again; what is taken back is due no more', async () => {
    const id = await desk.agreed('500')
    dataOf(await desk.submit(id))
    await isDue(id, [['DUES_SPENDING_DECISION', decision, desk.tree.a.id]])
    dataOf(await desk.decide(id, desk.actors.above, { approve: false, reason: '附件不全' }))
    await isDue(id, [])
    dataOf(await desk.submit(id))
    await isDue(id, [['DUES_SPENDING_DECISION', decision, desk.tree.a.id]])
    expect(await inboxOf(id, desk.actors.above)).toHaveLength(2)
    dataOf(await desk.cancel(id))
    await isDue(id, [])
  })

  test('S0-24 what was spent and no meeting carries any more is the superior’s to look at, until it is taken back', async () => {
    const id = idOf(await desk.request('600'))
    const meeting = await desk.meet([{ spendingId: id, amountFen: '600' }])
    dataOf(await desk.submit(id))
    dataOf(await desk.decide(id, desk.actors.above))
    dataOf(await desk.settle(id, '600'))
    const content = desk.meetingOf('a1', [])
    dataOf(await desk.org('correctMeeting', 'CorrectMeetingInput', { id: meeting, content, reason: '记录有误' }))
    await isDue(id, [['DUES_SPENDING_BASIS', today, desk.tree.a.id]])
    dataOf(
      await desk.mutate(desk.actors.keeper, 'reverseSpending', 'ReverseSpendingInput', { id, reason: '未经集体讨论' }),
    )
    await isDue(id, [])
  })
})
