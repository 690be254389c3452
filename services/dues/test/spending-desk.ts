import { type Actor, shanghaiDay } from '@linghang/access'
import { type Answer, codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths } from '@linghang/rulebook'

export const today = shanghaiDay(new Date())

/** A county whose committee keeps an account, with 10,000 yuan of the branch A1, and who works with it. */
export async function createSpendingDesk() {
  const county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const { world } = county
  // The committee's secretary belongs to one of its branches.
  const at = { a1: ['甲', tree.a1, tree.a1], a2: ['乙', tree.a2, tree.a2], a: ['丙', tree.a, tree.a2] } as const
  const members = await seedMembers(
    county,
    Object.values(at).map(([姓名, , { code }]) => fullMember(county.code, code, { 姓名 })),
  )
  const memberOf = (place: keyof typeof at) => members.get(at[place][0]) as string
  const open = async (organisationId: string) =>
    dataOf(
      await world.ask.dues(
        county.admin,
        'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
        { input: { organisationId, bank: 'ABC', bankNumber: '95599000123', openedOn: addMonths(today, -2) } },
      ),
    )
  await open(tree.root.id)
  const receive = async (
    organisationId: string,
    amountFen: string,
    reason: 'OPENING_BALANCE' | 'FLOATING_MEMBER_DUES' = 'OPENING_BALANCE',
  ) =>
    dataOf(
      await world.ask.dues(
        county.admin,
        'mutation ($input: RecordDuesIncomeInput!) { recordDuesIncome(input: $input) { journal { id } } }',
        { input: { organisationId, amountFen, reason, note: '期初' } },
      ),
    )
  await receive(tree.a1.id, '1000000')
  const actors = {
    treasurer: await seedActor(county, 'TREASURER', tree.a1.id),
    secretary: await seedActor(county, 'SECRETARY', tree.a1.id),
    above: await seedActor(county, 'SECRETARY', tree.a.id, { memberId: memberOf('a') }),
    treasurerAbove: await seedActor(county, 'TREASURER', tree.a.id),
    aboveBoth: await seedActor(county, 'SECRETARY', tree.root.id),
    keeper: await seedActor(county, 'CASHIER', tree.root.id),
  }
  const mutate = (by: Actor, name: string, type: string, input: object): Promise<Answer> =>
    world.askUntyped.dues(
      by,
      `mutation ($input: ${type}!) { done: ${name}(input: $input) { spending { id state reason amountFen settledFen
        decider { id } hold { state amountFen } journal { reason countsOn spending { id } payment { id } } steps { kind } useCitation { article } } } }`,
      { input },
    )
  const request = (amountFen: string, more: object = {}, by: Actor = actors.treasurer) =>
    mutate(by, 'requestSpending', 'RequestSpendingInput', {
      ...{ organisationId: tree.a1.id, use: 'HARDSHIP', amountFen, payee: '困难党员', purpose: '春节慰问', ...more },
    })
  const submit = (id: string, by: Actor = actors.treasurer) =>
    mutate(by, 'submitSpending', 'SubmitSpendingInput', { id })
  const decide = (id: string, by: Actor, more: object = { approve: true }) =>
    mutate(by, 'decideSpending', 'DecideSpendingInput', { id, ...more })
  let papers = 0
  const tryVoucher = (
    id: string,
    amountFen: string,
    more: object = {},
    by: Actor = actors.treasurer,
  ): Promise<Answer> =>
    world.askUntyped.dues(
      by,
      `mutation ($input: RecordSpendingVoucherInput!) { done: recordSpendingVoucher(input: $input) { voucherId spending {
        vouchers { number amountFen issuer } } } }`,
      { input: { ...{ id, number: `25-${++papers}`, issuer: '文具店', issuedOn: today, amountFen }, ...more } },
    )
  /** A voucher of this sum. @returns its id */
  const voucher = async (id: string, amountFen: string) =>
    dataOf(await tryVoucher(id, amountFen)).done.voucherId as string
  const settleWith = (id: string, settledFen: string, voucherIds: string[], more: object = {}, by = actors.keeper) =>
    mutate(by, 'settleSpending', 'SettleSpendingInput', { id, settledFen, voucherIds, ...more })
  const settle = async (id: string, settledFen: string, more: object = {}, by: Actor = actors.keeper) =>
    settleWith(id, settledFen, [await voucher(id, settledFen)], more, by)
  const cancel = (id: string, by: Actor = actors.treasurer) =>
    mutate(by, 'cancelSpending', 'CancelSpendingInput', { id, reason: '不再需要' })

  const org = (name: string, type: string, input: object) =>
    world.askUntyped.org(
      county.admin,
      `mutation ($input: ${type}!) { done: ${name}(input: $input) { meeting { id current { resolutions { carried } } } } }`,
      { input },
    )
  const meetingOf = (place: keyof typeof at, resolutions: object[]) => ({
    ...{ heldOn: addDays(today, -1), participantIds: [memberOf(place)], presentIds: [memberOf(place)] },
    resolutions: resolutions.map(resolution => ({
      ...{ matter: 'SPENDING', text: '同意使用党费', decision: 'COLLECTIVE_AGREEMENT', ...resolution },
    })),
  })
  const votes = (inFavour = 1) => ({ due: 1, present: 1, inFavour, against: 1 - inFavour, abstained: 0 })
  /** A draft of the branch's committee; the answer as it is. */
  const tryMeet = (
    resolutions: object[],
    place: keyof typeof at = 'a1',
    kind = place === 'a' ? 'COMMITTEE' : 'BRANCH_COMMITTEE',
  ) =>
    org('recordMeeting', 'RecordMeetingInput', {
      ...{ organisationId: at[place][1].id, kind, content: meetingOf(place, resolutions) },
    })
  /** A closed meeting that has decided, once dues has heard of it. @returns its id */
  const meet = async (
    resolutions: { spendingId: string; amountFen: string; inFavour?: number }[],
    place: keyof typeof at = 'a1',
  ) => {
    const said = resolutions.map(({ inFavour, ...named }) => ({ ...named, ballots: votes(inFavour) }))
    const id = dataOf(await tryMeet(said, place)).done.meeting.id as string
    dataOf(await org('closeMeeting', 'CloseMeetingInput', { id }))
    await until(
      async () => {
        const heard = await look('dues', 'select 1 from dues_spending_resolution where meeting_id = $1', [uuidOf(id)])
        return heard.length === resolutions.length
      },
      20_000,
      'dues has heard of the meeting',
    )
    return id
  }
  /** A request that the meeting has decided on. @returns its id */
  const agreed = async (amountFen: string, more: object = {}) => {
    const id = idOf(await request(amountFen, more))
    await meet([{ spendingId: id, amountFen }])
    return id
  }
  /** One that is approved. */
  const approved = async (amountFen: string) => {
    const id = await agreed(amountFen)
    dataOf(await submit(id))
    dataOf(await decide(id, actors.above))
    return id
  }
  /** At most so much a month from what an organisation has. */
  const limitOf = async (organisationId: string, limitFen: string) => {
    const [found] = dataOf(
      await world.ask.dues(
        county.admin,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount { id } } } }',
        { refs: [{ __typename: 'Organisation', id: organisationId }] },
      ),
    )._entities
    const duesAccountId = found?.duesAccount?.id as string
    const input = { accountId: duesAccountId, period: 'MONTH' as const, limitFen, basis: '党委会决定' }
    dataOf(
      await world.askUntyped.dues(
        county.admin,
        'mutation ($input: SetDuesLimitInput!) { setDuesLimit(input: $input) { __typename } }',
        { input },
      ),
    )
    return { duesAccountId }
  }
  const share = '{ paidFen perMille shareFen centreFen passedFen leftFen dueOn citation { article } }'
  const passUp = (organisationId: string, amountFen: string, more: object = {}, by: Actor = actors.keeper) =>
    world.askUntyped.dues(by, `mutation ($input: PassDuesUpInput!) { passDuesUp(input: $input) { share ${share} } }`, {
      input: { organisationId, amountFen, year: Number(today.slice(0, 4)), note: '电汇回单', ...more },
    })
  const shareOf = async (id: string, year = Number(today.slice(0, 4)), by: Actor = county.admin) => {
    const answer = await world.askUntyped.dues(
      by,
      `query ($refs: [_Any!]!, $year: Int!) { _entities(representations: $refs) { ... on Organisation { duesToPassUp(year: $year) ${share} } } }`,
      { refs: [{ __typename: 'Organisation', id }], year },
    )
    return dataOf(answer)._entities[0].duesToPassUp
  }
  const setPolicy = (ownUpToFen: string, superiorUpToFen: string, by: Actor = county.admin) =>
    world.ask.dues(
      by,
      'mutation ($input: SetSpendingPolicyInput!) { setSpendingPolicy(input: $input) { policy { effectiveFrom } } }',
      { input: { effectiveFrom: today, ownUpToFen, superiorUpToFen, basis: '县委组织部 12 号文' } },
    )
  const accountOf = async (id: string) => {
    const [found] = dataOf(
      await world.ask.dues(
        county.admin,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount { balanceFen heldFen availableFen } } } }',
        { refs: [{ __typename: 'Organisation', id }] },
      ),
    )._entities
    return found?.duesAccount
  }
  return {
    limitOf,
    ...{ county, tree, actors, request, submit, decide, settle, cancel, mutate, setPolicy, accountOf, receive },
    ...{
      open,
      passUp,
      shareOf,
      tryVoucher,
      voucher,
      settleWith,
      tryMeet,
      meet,
      votes,
      agreed,
      approved,
      org,
      meetingOf,
    },
  }
}

export const idOf = (answer: Answer): string => dataOf(answer).done.spending.id
export const stateOf = (answer: Answer): string => dataOf(answer).done.spending.state
export { codesOf, dataOf }
