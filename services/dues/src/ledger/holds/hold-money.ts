import { recordAudit, whenTaken } from '@linghang/access'
import type { Work } from '../../work.ts'
import type { RealAccount } from '../accounts/account.ts'
import { requireAmount } from '../accounts/amount.ts'
import { availableOf, type Balance } from '../accounts/balance.ts'
import { balanceStore } from '../accounts/balance-store.ts'
import type { NewJournal } from '../journals/journal.ts'
import { prepare, requirePurpose, write } from '../journals/post.ts'
import { requireWithinLimits } from '../limits/keep-limits.ts'
import { fail } from './errors.ts'
import type { Hold, HoldEnd } from './hold.ts'
import { holdStore } from './store.ts'

/** Held money of an account that is locked, with more held of it or less. */
const holding = (balance: Balance, moreFen: bigint): Balance => ({ ...balance, heldFen: balance.heldFen + moreFen })

/**
 * Reserves money of an organisation's account (预留): at once nobody else can take it. For rooms above, which say who may.
 * @param held.lapsesOn the last day on which it holds
 * @param held.purpose what it will be spent on; needed of a fund
 * @returns the hold's id
 * @throws DomainError BAD_INPUT, FUND_FOR_ANOTHER_PURPOSE, MONEY_NOT_THERE, LIMIT_EXCEEDED
 */
export async function hold(
  work: Work,
  {
    purpose = null,
    ...held
  }: Pick<Hold, 'accountId' | 'amountFen' | 'lapsesOn' | 'reason' | 'note'> & { purpose?: string | null },
): Promise<string> {
  const amountFen = requireAmount(held.amountFen)
  if (held.lapsesOn < work.today)
    fail('BAD_INPUT', {
      ...{ field: 'lapsesOn', found: held.lapsesOn },
      ...{ wanted: `${work.today} or later`, wantedZh: `不早于 ${work.today}` },
    })
  const [balance] = await balanceStore.lock(work, [held.accountId])
  if (balance?.kind !== 'VIRTUAL' && balance?.kind !== 'EARMARKED')
    throw new Error(`of account ${held.accountId} nothing is held: ${balance?.kind}`)
  requirePurpose(balance.purpose, purpose)
  const available = availableOf(balance)
  if (available < amountFen)
    fail('MONEY_NOT_THERE', { available: `${available}`, held: `${balance.heldFen}`, found: `${amountFen}` })
  await requireWithinLimits(work, [{ accountId: held.accountId, amountFen, day: work.today }])
  const id = work.newId()
  await holdStore.insert(work.tx, work.actor.countyId, {
    ...{ ...held, id, orgId: balance.orgId },
    ...{ heldOn: work.today, heldAt: work.now, heldBy: work.actor.accountId },
  })
  await balanceStore.move(work.tx, [holding(balance, amountFen)])
  await recordAudit(work, [
    { orgId: balance.orgId, action: 'dues-hold.placed', subjectType: 'DuesHold', subjectId: id },
  ])
  return id
}

/** @throws DomainError NOT_FOUND */
async function requireHold(work: Work, id: string): Promise<Hold> {
  const [found] = await holdStore.byIds(work.tx, work.actor.countyId, [id])
  return found ?? fail('NOT_FOUND', { what: `DuesHold:${id}` })
}

/** Once its account is locked: who comes second finds here how the first has ended it. @throws DomainError HOLD_ENDED */
async function requireOpen(work: Work, { id }: Hold): Promise<void> {
  const end = (await holdStore.endsOf(work.tx, [id])).get(id)
  if (end) fail('HOLD_ENDED', { how: end.how })
}

async function end(work: Work, { id, orgId }: Hold, how: Pick<HoldEnd, 'how' | 'settledFen' | 'journalId'>) {
  const ended = { ...how, holdId: id, orgId, endedAt: work.now, endedBy: work.actor.accountId }
  await holdStore
    .insertEnd(work.tx, work.actor.countyId, ended)
    .catch(whenTaken(() => fail('HOLD_ENDED', { how: 'SETTLED' })))
  await recordAudit(work, [
    { orgId, action: `dues-hold.${how.how.toLowerCase()}`, subjectType: 'DuesHold', subjectId: id },
  ])
}

/**
 * Spends what was held, or less, by a journal; the rest is free in the same transaction. For rooms above, which say who may.
 * It was within the limits when it was held, and is not held against them again.
 * @param journal takes 1 fen up to what is held from the hold's account
 * @returns the journal's id
 * @throws DomainError NOT_FOUND, HOLD_ENDED, HOLD_TOO_SMALL, LEDGER_DAY_REFUSED, MONEY_NOT_THERE
 */
export async function settleHold(
  work: Work,
  keeper: RealAccount,
  holdId: string,
  journal: NewJournal,
): Promise<string> {
  const held = await requireHold(work, holdId)
  const posting = await prepare(work, keeper, journal)
  await requireOpen(work, held)
  const taken = -(posting.net.find(({ accountId }) => accountId === held.accountId)?.amountFen ?? 0n)
  if (taken < 1n || taken > held.amountFen) fail('HOLD_TOO_SMALL', { held: `${held.amountFen}`, found: `${taken}` })
  const journalId = await write(work, {
    ...posting,
    locked: posting.locked.map(balance =>
      balance.accountId === held.accountId ? holding(balance, -held.amountFen) : balance,
    ),
  })
  await end(work, held, { how: 'SETTLED', settledFen: taken, journalId })
  return journalId
}

/**
 * Gives what was held free again: all that is named or nothing, the accounts held in one order. For rooms above, which say
 * who may.
 * @throws DomainError NOT_FOUND, HOLD_ENDED
 */
export async function releaseHolds(work: Work, holdIds: readonly string[]): Promise<void> {
  if (holdIds.length === 0) return
  const holds = await Promise.all(holdIds.map(id => requireHold(work, id)))
  const locked = await balanceStore.lock(work, [...new Set(holds.map(({ accountId }) => accountId))])
  for (const held of holds) {
    await requireOpen(work, held)
    await end(work, held, { how: 'RELEASED', settledFen: 0n, journalId: null })
  }
  const freeOf = (id: string) =>
    holds.reduce((sum, { accountId, amountFen }) => (accountId === id ? sum + amountFen : sum), 0n)
  await balanceStore.move(
    work.tx,
    locked.map(balance => holding(balance, -freeOf(balance.accountId))),
  )
}
