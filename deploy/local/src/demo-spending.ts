import { setTimeout as wait } from 'node:timers/promises'
import { shanghaiDay } from '@linghang/access'
import { addDays, monthOf } from '@linghang/rulebook'
import { type ApiClient, present } from './api-client.ts'

/** Whose dues are spent in the demo: a branch whose superior approves and keeps the account. */
const branch = '330302000000004'
/** More than the branch has: what is not there is not approved, and waits. */
const tooMuchFen = '90000000'

/** A request of each kind, and how far it comes. */
const asked = [
  { use: 'HARDSHIP', amountFen: '60000', payee: '困难党员', purpose: '春节走访慰问困难党员', comesTo: 'SETTLED' },
  { use: 'FLAGS', amountFen: '12000', payee: '旗帜厂', purpose: '更换会议室党旗', comesTo: 'APPROVED' },
  { use: 'TRAINING', amountFen: '80000', payee: '党校', purpose: '新党员培训', comesTo: 'SUBMITTED' },
  { use: 'MATERIALS', amountFen: '35000', payee: '新华书店', purpose: '订阅学习资料', comesTo: 'DRAFT' },
  { use: 'VISITS', amountFen: '20000', payee: '老党员', purpose: '走访慰问老党员', comesTo: 'RETURNED' },
  { use: 'PRINTING', amountFen: '9000', payee: '印刷厂', purpose: '印制学习手册', comesTo: 'CANCELLED' },
  { use: 'MEETINGS', amountFen: '15000', payee: '会务公司', purpose: '主题党日', comesTo: 'REVERSED' },
  { use: 'VENUE_REPAIR', amountFen: tooMuchFen, payee: '装修公司', purpose: '修缮活动室', comesTo: 'REFUSED' },
] as const
type Asked = (typeof asked)[number]

/** Who asks for the branch, who approves one level up, and who books. */
type Deps = { keeper: ApiClient; above: ApiClient; branch: ApiClient }

async function request(by: ApiClient, organisationId: string, { comesTo, ...input }: Asked): Promise<string> {
  const { requestSpending } = await by.ask(
    'mutation ($input: RequestSpendingInput!) { requestSpending(input: $input) { spending { id } } }',
    { input: { ...input, organisationId, idempotencyKey: `demo/dues/spending/${comesTo}` } },
  )
  return present(requestSpending.spending, comesTo).id
}

/** One meeting of the branch's committee decides on all that was asked, but for the draft. */
async function meet(by: ApiClient, organisationId: string, came: string[], ids: ReadonlyMap<Asked, string>) {
  const resolutions = [...ids]
    .filter(([{ comesTo }]) => comesTo !== 'DRAFT')
    .map(([{ amountFen, purpose }, spendingId]) => ({
      ...{ matter: 'SPENDING' as const, text: `同意使用党费：${purpose}`, decision: 'COLLECTIVE_AGREEMENT' as const },
      ...{ spendingId, amountFen, ballots: { due: 5, present: 5, inFavour: 5, against: 0, abstained: 0 } },
    }))
  // On a day that stays the same for a month: begun again, it is the same meeting.
  const heldOn = addDays(monthOf(shanghaiDay(new Date())), -3)
  const { recordMeeting } = await by.ask(
    'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
    {
      input: {
        ...{ organisationId, kind: 'BRANCH_COMMITTEE' as const, idempotencyKey: 'demo/dues/spending/meeting' },
        content: { heldOn, participantIds: came, presentIds: came, resolutions },
      },
    },
  )
  await by.ask('mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }', {
    input: { id: present(recordMeeting.meeting, 'meeting').id, idempotencyKey: 'demo/dues/spending/closed' },
  })
}

/** Hands a request in, once dues has heard of the meeting. */
async function submit(by: ApiClient, id: string): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      await by.ask('mutation ($input: SubmitSpendingInput!) { submitSpending(input: $input) { spending { id } } }', {
        input: { id, idempotencyKey: `demo/${id}/submit` },
      })
      return
    } catch (error) {
      if (n >= 60 || !(error as Error).message.includes('RESOLUTION_MISSING')) throw error
      await wait(500)
    }
  }
}

async function decide(by: ApiClient, id: string, approve: boolean, reason: string | null = null): Promise<void> {
  await by.ask('mutation ($input: DecideSpendingInput!) { decideSpending(input: $input) { spending { id } } }', {
    input: { id, approve, reason, idempotencyKey: `demo/${id}/decide` },
  })
}

/** Books what a voucher shows; the rest of what was held is free again. */
async function settle({ keeper, branch: by }: Deps, id: string, settledFen: string, number: string): Promise<void> {
  const { recordSpendingVoucher } = await by.ask(
    'mutation ($input: RecordSpendingVoucherInput!) { recordSpendingVoucher(input: $input) { voucherId } }',
    {
      input: {
        ...{ id, number, issuer: '示例开票方', amountFen: settledFen, idempotencyKey: `demo/${id}/voucher` },
        issuedOn: addDays(monthOf(shanghaiDay(new Date())), -1),
      },
    },
  )
  await keeper.ask('mutation ($input: SettleSpendingInput!) { settleSpending(input: $input) { spending { id } } }', {
    input: {
      ...{ id, settledFen, voucherIds: [recordSpendingVoucher.voucherId], idempotencyKey: `demo/${id}/settle` },
    },
  })
}

/** From where it was handed in to where it is to come. */
const onwards: Readonly<Record<Asked['comesTo'], (deps: Deps, id: string) => Promise<void>>> = {
  DRAFT: async () => undefined,
  SUBMITTED: async () => undefined,
  APPROVED: ({ above }, id) => decide(above, id, true),
  RETURNED: ({ above }, id) => decide(above, id, false, '请附慰问名单后重新上报'),
  async REFUSED({ above }, id) {
    await decide(above, id, true).catch(error => {
      if (!(error as Error).message.includes('MONEY_NOT_THERE')) throw error
    })
  },
  async CANCELLED({ above, branch: by }, id) {
    await decide(above, id, true)
    await by.ask('mutation ($input: CancelSpendingInput!) { cancelSpending(input: $input) { spending { id } } }', {
      input: { id, reason: '改由上级统一印制', idempotencyKey: `demo/${id}/cancel` },
    })
  },
  async SETTLED(deps, id) {
    await decide(deps.above, id, true)
    await settle(deps, id, '56000', 'DEMO-0001')
  },
  async REVERSED(deps, id) {
    await decide(deps.above, id, true)
    await settle(deps, id, '15000', 'DEMO-0002')
    await deps.keeper.ask(
      'mutation ($input: ReverseSpendingInput!) { reverseSpending(input: $input) { spending { id } } }',
      { input: { id, reason: '记错金额，重新报销', idempotencyKey: `demo/${id}/reverse` } },
    )
  },
}

/**
 * Gives the branch of the demo a request to spend in each state: asked for, decided on by one meeting of its committee,
 * approved one level up, held, booked, returned, refused for want of money, taken back. One that has lapsed takes ninety days.
 * Begun again it goes on.
 */
export async function loadDemoSpending(deps: Deps): Promise<void> {
  const { organisation } = await deps.branch.ask(
    'query ($code: String!) { organisation(code: $code) { id members(first: 5, filter: { kinds: [FULL] }) { nodes { id } } } }',
    { code: branch },
  )
  const { id: organisationId, members } = present(organisation, branch)
  const ids = new Map<Asked, string>()
  for (const one of asked) ids.set(one, await request(deps.branch, organisationId, one))
  await meet(
    deps.branch,
    organisationId,
    members.nodes.map(({ id }) => id),
    ids,
  )
  for (const [{ comesTo }, id] of ids) {
    if (comesTo !== 'DRAFT') await submit(deps.branch, id)
    await onwards[comesTo](deps, id)
  }
}
