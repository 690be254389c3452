import { setTimeout as wait } from 'node:timers/promises'
import type { StormBooks } from './books.ts'
import { createQueue, payOnline } from './pay-online.ts'
import type { Script } from './plan.ts'
import type { StormInput, StormOperation, StormRequest } from './serve-dues.ts'
import type { Stack } from './stack.ts'

/** What has come of a step: the id that it was acknowledged with, or the code with which it was refused. */
export type Outcome = { id: string } | { code: string }
/** A step whose outcome is known: what it moves, and under which name it stands in the books. */
export type Told = {
  note: string
  what: 'JOURNAL' | 'HOLD' | 'END' | 'ORDER'
  outcome: Outcome
  moves: [account: number, fen: number][]
}

/**
 * What says nothing of whether it was done, or that it was not for want of room: asked again with the same key. A database
 * that dies under a service is no fault of the service: INTERNAL is none of them.
 */
const undecided = new Set(['BUSY', 'OUTCOME_UNKNOWN', 'PROVIDER_UNREACHABLE', 'AWAY'])

/** Plays scripts against the service, each step until it has a definite answer. */
export function createPlayer(stack: Stack, books: StormBooks) {
  const { keeperId, accounts, branches, actor } = books
  const told: Told[] = []
  const heard: Record<string, number> = {}
  const inTurn = createQueue()

  async function insist(send: () => Promise<Outcome>): Promise<Outcome> {
    for (let tried = 0; ; tried++) {
      const outcome = await send().catch((): Outcome => ({ code: 'AWAY' }))
      const code = 'code' in outcome ? outcome.code : 'DONE'
      heard[code] = (heard[code] ?? 0) + 1
      if (!undecided.has(code)) return outcome
      if (tried > 600) throw new Error(`no answer after ${tried} tries: ${code}`)
      await wait(Math.min(2_000, 50 * 2 ** Math.min(tried, 5)) * (0.5 + Math.random()))
    }
  }
  const keep = (step: Told): Outcome => {
    told.push(step)
    return step.outcome
  }
  const asked = async (name: string, mutation: string, input: object): Promise<Outcome> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    const { data, code } = await books.ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ${mutation} } }`, {
      input,
    })
    return code ? { code } : { id: data[name].journal.id.split(':')[1] }
  }
  const operate = async (operation: StormOperation, key: string, input: Partial<StormInput>): Promise<Outcome> => {
    const whole: StormInput = { ...{ keeperId, account: '', to: '', amountFen: '0', note: '', id: '' }, ...input }
    const request: StormRequest = { operation, key, input: whole, actor }
    const response = await fetch(stack.stormUrl, {
      method: 'POST',
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(120_000),
    })
    return (await response.json()) as Outcome
  }

  const sendIncome = ({ from, fen }: Script, note: string) =>
    insist(() =>
      asked('recordDuesIncome', 'journal { id }', {
        ...{ organisationId: `Organisation:${branches[from]}`, reason: 'INTEREST', amountFen: `${fen}` },
        ...{ note, idempotencyKey: note },
      }),
    )
  const income = async (script: Script, note: string) =>
    keep({ note, what: 'JOURNAL', outcome: await sendIncome(script, note), moves: [[script.from, script.fen]] })
  const step = async (
    operation: StormOperation,
    { from, to, fen }: Script,
    more: { note: string; what: Told['what']; moves?: Told['moves']; id?: string; fen?: number },
  ) => {
    const { note, what, moves = [], id = '' } = more
    const input = { account: accounts[from], to: accounts[to], amountFen: `${more.fen ?? fen}`, note, id }
    return keep({ note, what, moves, outcome: await insist(() => operate(operation, note, input)) })
  }
  const held = async (script: Script) => {
    const outcome = await step('hold', script, { note: `${script.name} hold`, what: 'HOLD' })
    return 'id' in outcome ? outcome.id : null
  }
  const settled = (script: Script, id: string, which = '') =>
    step('settle', script, {
      ...{ note: `${script.name} settle${which}`, what: 'JOURNAL', id, fen: script.less },
      moves: [[script.from, -script.less]],
    })

  const plays: Record<Script['kind'], (script: Script) => Promise<unknown>> = {
    INCOME: script => income(script, script.name),
    async INCOME_TAKEN_BACK(script) {
      const outcome = await income(script, script.name)
      if (!('id' in outcome)) return
      const note = `${script.name} back`
      const back = await insist(() =>
        asked('reverseDuesJournal', 'journal { id }', {
          ...{ journalId: `DuesJournal:${outcome.id}`, reason: note, idempotencyKey: note },
        }),
      )
      keep({ note, what: 'JOURNAL', outcome: back, moves: [[script.from, -script.fen]] })
    },
    async INCOME_TWICE(script) {
      const [one, other] = await Promise.all([sendIncome(script, script.name), sendIncome(script, script.name)])
      if (JSON.stringify(one) !== JSON.stringify(other))
        throw new Error(`one key, two answers: ${JSON.stringify([one, other])}`)
      keep({ note: script.name, what: 'JOURNAL', outcome: one, moves: [[script.from, script.fen]] })
    },
    TRANSFER: script =>
      step('transfer', script, {
        ...{ note: script.name, what: 'JOURNAL' },
        moves: [
          [script.from, -script.fen],
          [script.to, script.fen],
        ],
      }),
    SPEND: script => step('spend', script, { note: script.name, what: 'JOURNAL', moves: [[script.from, -script.fen]] }),
    async HELD_AND_SETTLED(script) {
      const id = await held(script)
      if (id) await settled(script, id)
    },
    async HELD_AND_RELEASED(script) {
      const id = await held(script)
      if (id) await step('release', script, { note: `${script.name} release`, what: 'END', id })
    },
    async PAID_ONLINE({ name, n, fen }) {
      const member = n % books.payers.length
      const { id, tradeNo } = await inTurn(() => payOnline({ stack, books, insist }, { member, fen, key: name }))
      keep({ note: tradeNo, what: 'ORDER', outcome: { id }, moves: [[member % accounts.length, fen]] })
    },
    async SETTLED_TWICE(script) {
      const id = await held(script)
      if (!id) return
      const outcomes = await Promise.all([settled(script, id, ' one'), settled(script, id, ' other')])
      const won = outcomes.filter(outcome => 'id' in outcome).length
      if (won !== 1) throw new Error(`a hold was settled ${won} times: ${JSON.stringify(outcomes)}`)
    },
  }
  return { told, heard, play: (script: Script) => plays[script.kind](script) }
}
