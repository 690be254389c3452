import { setTimeout as wait } from 'node:timers/promises'
import type { StormBooks } from './books.ts'
import type { Outcome } from './play.ts'
import type { Stack } from './stack.ts'

export type Paying = { stack: Stack; books: StormBooks; insist(send: () => Promise<Outcome>): Promise<Outcome> }

/** As many pay at one moment: a payment has no turn as a posting has, and would leave nobody else a connection. */
const payingAtOnce = 12

/** Lets a few of those who come do it at once, the others after them. */
export function createQueue() {
  const waiting: (() => void)[] = []
  let running = 0
  return async function inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (running >= payingAtOnce) await new Promise<void>(resolve => waiting.push(resolve))
    else running++
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/**
 * A member pays online: opens an order until it is open at the provider too, pays it there, and looks until it is settled.
 * Whichever of the two is killed meanwhile, each step is sent again as it was.
 * @returns the order, and the provider's number of the payment
 */
export async function payOnline(
  { stack, books, insist }: Paying,
  { member, fen, key }: { member: number; fen: number; key: string },
): Promise<{ id: string; tradeNo: string }> {
  const actor = books.payers[member]
  if (!actor) throw new Error(`no payer ${member}`)
  const order = (name: string, input: object) =>
    insist(async () => {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
      const { data, code } = await books.ask(
        `mutation ($input: ${type}!) { done: ${name}(input: $input) { order { id state tradeNo } } }`,
        { input },
        actor,
      )
      const found = data?.done?.order
      return code || !found ? { code: code ?? 'AWAY' } : { id: JSON.stringify(found) }
    })
  const told = async (name: string, input: object) => {
    const outcome = await order(name, input)
    if ('code' in outcome) throw new Error(`${key}: ${name} was refused: ${outcome.code}`)
    return JSON.parse(outcome.id) as { id: string; state: string; tradeNo: string | null }
  }
  const { id } = await told('payDuesOnline', { amountFen: `${fen}`, idempotencyKey: key })
  const orderNo = id.slice(id.indexOf(':') + 1).replaceAll('-', '')
  await insist(async () => {
    const answer = await fetch(`${stack.providerUrl}/sandbox/pay`, {
      method: 'POST',
      body: JSON.stringify({ orderNo }),
    })
    // Paid already: it was the answer that was lost.
    if (answer.ok || (await answer.text()).includes('SUCCESS')) return { id }
    return { code: 'AWAY' }
  })
  for (let looked = 0; looked < 150; looked++) {
    const { state, tradeNo } = await told('checkDuesOrder', { orderId: id })
    if (state === 'SETTLED' && tradeNo) return { id: id.slice(id.indexOf(':') + 1), tradeNo }
    if (state !== 'PENDING') throw new Error(`${key}: a paid order is ${state}`)
    // Callbacks tell of most; who asks again and again would be most of what the service does.
    await wait(2_000 + 2_000 * Math.random())
  }
  throw new Error(`${key}: a paid order is not settled`)
}
