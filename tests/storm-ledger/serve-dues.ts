import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Actor, createPerform, createTransact, runUseCase, surroundings } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { refusalOf } from '@linghang/subgraph/answer'
import { PrismaClient } from '../../services/dues/prisma/client/client.ts'
import { readServerEnvironment } from '../../services/dues/src/env.ts'
import { accountStore } from '../../services/dues/src/ledger/accounts/store.ts'
import { hold, releaseHolds, settleHold } from '../../services/dues/src/ledger/holds/hold-money.ts'
import { spending } from '../../services/dues/src/ledger/journals/journal.ts'
import { post } from '../../services/dues/src/ledger/journals/post.ts'
import { journalStore } from '../../services/dues/src/ledger/journals/store.ts'
import { start } from '../../services/dues/src/service.ts'
import { type Own, type Tx, useCase, type Work } from '../../services/dues/src/work.ts'

/** What an operation of the storm is told: which account, how much, under which name it is known again in the books. */
export type StormInput = { keeperId: string; account: string; to: string; amountFen: string; note: string; id: string }

const keeperOf = async ({ tx, actor }: Work, { keeperId }: StormInput) => {
  const [keeper] = await accountStore.realByIds(tx, actor.countyId, [keeperId])
  if (!keeper) throw new Error(`no real account ${keeperId}`)
  return keeper
}
const spent = async (work: Work, { keeperId, account, amountFen, note }: StormInput) => {
  const { outside, elsewhere } = await journalStore.besides(work.tx, keeperId, 'SPENT')
  return {
    ...{ keeperId, note, reason: 'SPENT' as const, countsOn: work.today },
    entries: spending({ outside, elsewhere, virtual: account, real: keeperId }, BigInt(amountFen)),
  }
}
const inTurn = { rights: 'COUNTY', turns: 'ledger' } as const

/** What rooms above the ledger do with it, as they do it: in a use case, once for a key. */
const operations = {
  spend: useCase(
    'stormSpend',
    async (work, input: StormInput) => post(work, await keeperOf(work, input), await spent(work, input)),
    inTurn,
  ),
  transfer: useCase(
    'stormTransfer',
    async (work, input: StormInput) =>
      post(work, await keeperOf(work, input), {
        ...{ keeperId: input.keeperId, note: input.note, reason: 'RECEIVED_FROM_ABOVE', countsOn: work.today },
        entries: [
          { accountId: input.account, amountFen: -BigInt(input.amountFen) },
          { accountId: input.to, amountFen: BigInt(input.amountFen) },
        ],
      }),
    inTurn,
  ),
  hold: useCase(
    'stormHold',
    (work, { account, amountFen, note }: StormInput) =>
      hold(work, {
        ...{ accountId: account, amountFen: BigInt(amountFen), lapsesOn: work.today, reason: 'SPENDING', note },
      }),
    inTurn,
  ),
  settle: useCase(
    'stormSettle',
    async (work, input: StormInput) =>
      settleHold(work, await keeperOf(work, input), input.id, await spent(work, input)),
    inTurn,
  ),
  release: useCase(
    'stormRelease',
    async (work, { id }: StormInput) => {
      await releaseHolds(work, [id])
      return id
    },
    inTurn,
  ),
}
export type StormOperation = keyof typeof operations
export type StormRequest = { operation: StormOperation; key: string; input: StormInput; actor: Actor }

const env = readServerEnvironment()
const pool = createPool(env.DATABASE_URL, { max: 10, applicationName: 'storm' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
const perform = createPerform<Tx, Own>(createTransact(prisma), surroundings, () => ({
  seal: () => {
    throw new Error('nothing is sealed in a storm')
  },
}))

const answer = async ({ operation, key, input, actor }: StormRequest): Promise<object> =>
  runUseCase(perform, actor, operations[operation], input, key).then(
    id => ({ id }),
    error => ({ code: refusalOf(error)?.code ?? 'INTERNAL' }),
  )

// The service itself, and in the same process what stands above its ledger: whoever kills one kills both.
await start(env)
createServer((request, response) => {
  text(request)
    .then(body => answer(JSON.parse(body) as StormRequest))
    .then(
      found => response.setHeader('content-type', 'application/json').end(JSON.stringify(found)),
      error => response.writeHead(500).end(String(error)),
    )
}).listen(Number(process.env.STORM_PORT), '127.0.0.1')
