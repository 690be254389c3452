import { shanghaiDay } from '@linghang/access'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { type ApiClient, present } from './api-client.ts'

/** Whose books the demo shows: the county committee's account, and a branch below it. */
const committee = '330302000000001'
const branch = '330302000000004'
/** How many months back the books go. */
const since = 12
/** Of the branch's members in the order of the register: how many months each has not paid. */
const unpaid: ReadonlyMap<number, number> = new Map([
  [2, 4],
  [5, 7],
])
const atOnce = 6

async function inTurns<T>(things: readonly T[], run: (thing: T) => Promise<void>): Promise<void> {
  const waiting = [...things]
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

async function openAccount(keeper: ApiClient, from: string) {
  const { organisation } = await keeper.ask(
    'query ($code: String!) { organisation(code: $code) { id realDuesAccount { id } } }',
    { code: committee },
  )
  const { id, realDuesAccount } = present(organisation, committee)
  if (realDuesAccount) return realDuesAccount.id
  const { openDuesAccount } = await keeper.ask(
    'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
    {
      input: {
        ...{ organisationId: id, bank: 'ICBC' as const, bankNumber: '6222021203000000012', openedOn: from },
        idempotencyKey: 'demo/dues/account',
      },
    },
  )
  return present(openDuesAccount.account, committee).id
}

type Bill = { memberId: string; month: string; dueFen: string; n: number }

/** The branch's bills, made for all months since the account was opened. */
async function makeBills(keeper: ApiClient, from: string): Promise<Bill[]> {
  const { organisation } = await keeper.ask(
    'query ($code: String!) { organisation(code: $code) { id members(first: 100, filter: { kinds: [PROBATIONARY, FULL] }) { nodes { id } } } }',
    { code: branch },
  )
  const { id, members } = present(organisation, branch)
  await inTurns(members.nodes, async member => {
    await keeper.ask(
      'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
      { input: { memberId: member.id, through: addDays(from, -1), idempotencyKey: `demo/dues/through/${member.id}` } },
    )
  })
  await keeper.ask('mutation ($input: MakeDuesBillsInput!) { makeDuesBills(input: $input) { made unknown } }', {
    input: { organisationId: id, idempotencyKey: 'demo/dues/bills' },
  })
  const bills: Bill[] = []
  for (let month = from, n = 0; month <= monthOf(shanghaiDay(new Date())); month = addMonths(month, 1), n += 1) {
    const { organisation: billed } = await keeper.ask(
      'query ($code: String!, $month: Date!) { organisation(code: $code) { duesBills(month: $month, first: 100) { nodes { month dueFen member { id } } } } }',
      { code: branch, month },
    )
    for (const { dueFen, member } of present(billed, branch).duesBills.nodes)
      if (member) bills.push({ memberId: member.id, month, dueFen, n })
  }
  return bills
}

/** In which way the nth member pays: most by transfer, some in cash, one by a relative. */
const wayOf = (place: number) =>
  place % 5 === 1
    ? { way: 'CASH' as const, payer: 'SELF' as const }
    : place === 3
      ? { way: 'BANK' as const, payer: 'RELATIVE' as const, consent: '支委会同意由亲属代交' }
      : { way: 'BANK' as const, payer: 'SELF' as const }

/**
 * Gives the demo district a year of books: the committee's account at the bank, a branch whose members were billed and paid
 * month by month, in the bank, in cash and through a relative, and two who are behind. Begun again it goes on.
 * @param deps.organiser who records, another than `deps.keeper`, who confirms
 */
export async function loadDemoDues(deps: { keeper: ApiClient; organiser: ApiClient }): Promise<void> {
  const { keeper, organiser } = deps
  const thisMonth = monthOf(shanghaiDay(new Date()))
  const from = addMonths(thisMonth, -since)
  const accountId = await openAccount(keeper, from)
  const bills = (await makeBills(keeper, from)).filter(({ month }) => month < thisMonth)
  const places = new Map([...new Set(bills.map(({ memberId }) => memberId))].map((id, place) => [id, place]))
  const payments: string[] = []
  const cash: bigint[] = []
  for (let month = from; month < thisMonth; month = addMonths(month, 1)) {
    const paid = bills.filter(bill => {
      const behind = unpaid.get(places.get(bill.memberId) ?? 0) ?? 0
      return bill.month === month && bill.month < addMonths(thisMonth, -behind)
    })
    await inTurns(paid, async ({ memberId, dueFen }) => {
      const how = wayOf(places.get(memberId) ?? 0)
      if (how.way === 'CASH') cash.push(BigInt(dueFen))
      const { recordDuesPayment } = await organiser.ask(
        'mutation ($input: RecordDuesPaymentInput!) { recordDuesPayment(input: $input) { payment { id } } }',
        {
          input: {
            ...{
              ...how,
              memberId,
              amountFen: dueFen,
              receivedOn: addDays(month, 4 + ((places.get(memberId) ?? 0) % 20)),
            },
            idempotencyKey: `demo/dues/pay/${memberId}/${month}`,
          },
        },
      )
      payments.push(present(recordDuesPayment.payment, memberId).id)
    })
  }
  // In one order, whichever was recorded first: begun again, each batch is the same.
  payments.sort()
  for (let n = 0; n < payments.length; n += 50)
    await keeper.ask(
      'mutation ($input: ConfirmDuesPaymentsInput!) { confirmDuesPayments(input: $input) { payments { state } } }',
      { input: { paymentIds: payments.slice(n, n + 50), idempotencyKey: `demo/dues/confirm/${n}` } },
    )
  const kept = cash.reduce((sum, fen) => sum + fen, 0n)
  if (kept > 0n)
    await keeper.ask('mutation ($input: DepositDuesCashInput!) { depositDuesCash(input: $input) { journal { id } } }', {
      input: { accountId, amountFen: `${kept}`, note: '现金党费缴存', idempotencyKey: 'demo/dues/deposit' },
    })
  for (const { reason, amountFen, note } of [
    { reason: 'OPENING_BALANCE' as const, amountFen: '1260000', note: '建账时账户余额' },
    { reason: 'INTEREST' as const, amountFen: '3127', note: '第三季度结息' },
  ]) {
    const { organisation } = await keeper.ask('query ($code: String!) { organisation(code: $code) { id } }', {
      code: committee,
    })
    await keeper.ask(
      'mutation ($input: RecordDuesIncomeInput!) { recordDuesIncome(input: $input) { journal { id } } }',
      {
        input: {
          ...{ organisationId: present(organisation, committee).id, reason, amountFen, note },
          idempotencyKey: `demo/dues/${reason}`,
        },
      },
    )
  }
}
