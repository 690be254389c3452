import { recordAudit, recordHash } from '@linghang/access'
import { addMonths } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import type { RealAccount } from '../accounts/account.ts'
import { availableOf, type Balance, isBottomless } from '../accounts/balance.ts'
import { balanceStore } from '../accounts/balance-store.ts'
import { spendingReasons } from '../accounts/spending.ts'
import { requireWithinLimits } from '../limits/keep-limits.ts'
import { fail } from './errors.ts'
import {
  type Entry,
  imbalanceOf,
  type Journal,
  type JournalReason,
  type NewJournal,
  netOf,
  type PostedEntry,
} from './journal.ts'
import { journalStore } from './store.ts'

/** @throws DomainError LEDGER_DAY_REFUSED outside of the days on which something may count under a real account */
function requireOpenDay(
  { today }: Work,
  { openedOn }: RealAccount,
  closedThrough: string | null,
  countsOn: string,
): void {
  const open = closedThrough === null ? openedOn : addMonths(closedThrough, 1)
  const from = open > openedOn ? open : openedOn
  if (countsOn < from || countsOn > today) fail('LEDGER_DAY_REFUSED', { found: countsOn, from, until: today })
}

/** A journal that may be written: its entries balance, and the balances that they move are locked. */
export type Posting = { keeper: RealAccount; journal: Omit<NewJournal, 'entries'>; net: Entry[]; locked: Balance[] }

/**
 * Locks what a journal moves. Whoever ends a hold with it does so between this and `write`.
 * @throws DomainError LEDGER_DAY_REFUSED; Error for entries that do not balance, which are our own fault
 */
export async function prepare(work: Work, keeper: RealAccount, { entries, ...journal }: NewJournal): Promise<Posting> {
  const net = netOf(entries)
  const { balances: locked, closedThrough } = await balanceStore.lockToPost(
    work,
    keeper.id,
    net.map(({ accountId }) => accountId),
  )
  requireOpenDay(work, keeper, closedThrough, journal.countsOn)
  const ofKeeper = locked.filter(({ keeperId }) => keeperId === keeper.id)
  const wrong = imbalanceOf(net, new Map(ofKeeper.map(({ accountId, kind }) => [accountId, kind])))
  if (wrong !== null) throw new Error(`a journal of ${journal.reason} does not balance: ${wrong}`)
  return { keeper, journal, net, locked }
}

/**
 * Earmarked stays earmarked (党费规定 2008, art. 21).
 * @param purpose of the account; null where it has none
 * @throws DomainError FUND_FOR_ANOTHER_PURPOSE
 */
export function requirePurpose(purpose: string | null, found: string | null): void {
  if (purpose !== null && purpose !== found) fail('FUND_FOR_ANOTHER_PURPOSE', { wanted: purpose, found: found ?? '-' })
}

/**
 * Writes a journal: entries, balances and audit.
 * @returns its id
 * @throws DomainError MONEY_NOT_THERE where more is taken than is there and not held, FUND_FOR_ANOTHER_PURPOSE
 */
export async function write(work: Work, { keeper, journal: said, net, locked }: Posting): Promise<string> {
  const journal: Journal = {
    ...{
      ...said,
      id: work.newId(),
      reverses: said.reverses ?? null,
      purpose: said.purpose ?? null,
      corrects: said.corrects ?? null,
    },
    ...{ postedAt: work.now, postedBy: work.actor.accountId },
  }
  const amounts = new Map(net.map(({ accountId, amountFen }) => [accountId, amountFen]))
  const posted = locked.map(
    ({ accountId, orgId, kind, purpose, balanceFen, heldFen, moves }): PostedEntry & Balanced => {
      const amountFen = amounts.get(accountId) as bigint
      const available = availableOf({ balanceFen, heldFen })
      if (amountFen < 0n && available + amountFen < 0n && !isBottomless(kind))
        fail('MONEY_NOT_THERE', { available: `${available}`, held: `${heldFen}`, found: `${-amountFen}` })
      if (amountFen < 0n && journal.reverses === null) requirePurpose(purpose, journal.purpose)
      return {
        ...{ journalId: journal.id, accountId, orgId, amountFen, heldFen },
        ...{ balanceFen: balanceFen + amountFen, n: moves + 1n },
      }
    },
  )
  await journalStore.write(work.tx, work.actor.countyId, journal, posted)
  const afterHash = recordHash([journal, posted.map(({ accountId, amountFen }) => [accountId, `${amountFen}`])])
  await recordAudit(work, [
    { orgId: keeper.orgId, action: 'journal.posted', subjectType: 'DuesJournal', subjectId: journal.id, afterHash },
  ])
  return journal.id
}
type Balanced = Pick<Balance, 'heldFen'>

/**
 * Posts a journal under a real account: entries, balances and audit in this transaction, the balances held in the order of
 * their ids, so that postings that meet wait for each other and none deadlocks.
 * @returns the journal's id
 * @throws DomainError LEDGER_DAY_REFUSED, MONEY_NOT_THERE, LIMIT_EXCEEDED for what is spent; Error for entries that do not balance, which are our own fault
 */
export async function post(work: Work, keeper: RealAccount, journal: NewJournal): Promise<string> {
  const posting = await prepare(work, keeper, journal)
  if (spends(journal.reason)) await requireWithinLimits(work, takenBy(posting))
  return write(work, posting)
}

const spends = (reason: JournalReason): boolean => (spendingReasons as readonly string[]).includes(reason)

/** What a journal takes from what organisations have. */
function takenBy({ net, locked, journal }: Posting) {
  const owned = new Set(
    locked.filter(({ kind }) => kind === 'VIRTUAL' || kind === 'EARMARKED').map(({ accountId }) => accountId),
  )
  return net
    .filter(({ accountId, amountFen }) => amountFen < 0n && owned.has(accountId))
    .map(({ accountId, amountFen }) => ({ accountId, amountFen: -amountFen, day: journal.countsOn }))
}
