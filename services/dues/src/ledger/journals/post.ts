import { recordAudit, recordHash } from '@linghang/access'
import { addMonths } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import type { RealAccount } from '../accounts/account.ts'
import { fail } from './errors.ts'
import { imbalanceOf, type Journal, type NewJournal, netOf, type PostedEntry } from './journal.ts'
import { journalStore } from './store.ts'

/** @throws DomainError LEDGER_DAY_REFUSED outside of the days on which something may count under a real account */
async function requireOpenDay(work: Work, { id, openedOn }: RealAccount, countsOn: string): Promise<void> {
  await journalStore.holdMonths(work.tx, id, 'POST')
  const closed = (await journalStore.closedThrough(work.tx, [id])).get(id)
  const open = closed === undefined ? openedOn : addMonths(closed, 1)
  const from = open > openedOn ? open : openedOn
  if (countsOn < from || countsOn > work.today) fail('LEDGER_DAY_REFUSED', { found: countsOn, from, until: work.today })
}

/**
 * Posts a journal under a real account: entries, balances and audit in this transaction, the balances held in the order of
 * their ids, so that postings that meet wait for each other and none deadlocks.
 * @returns the journal's id
 * @throws DomainError LEDGER_DAY_REFUSED, MONEY_NOT_THERE; Error for entries that do not balance, which are our own fault
 */
export async function post(
  work: Work,
  keeper: RealAccount,
  { entries, reverses, ...said }: NewJournal,
): Promise<string> {
  await requireOpenDay(work, keeper, said.countsOn)
  const net = netOf(entries)
  const held = await journalStore.hold(
    work.tx,
    keeper.id,
    net.map(({ accountId }) => accountId),
  )
  const wrong = imbalanceOf(net, new Map(held.map(({ accountId, kind }) => [accountId, kind])))
  if (wrong !== null) throw new Error(`a journal of ${said.reason} does not balance: ${wrong}`)
  const journal: Journal = {
    ...{ ...said, id: work.newId(), reverses: reverses ?? null },
    ...{ postedAt: work.now, postedBy: work.actor.accountId },
  }
  const amounts = new Map(net.map(({ accountId, amountFen }) => [accountId, amountFen]))
  const posted = held.map(({ accountId, orgId, kind, balanceFen, moves }): PostedEntry => {
    const amountFen = amounts.get(accountId) as bigint
    const after = balanceFen + amountFen
    if (after < 0n && kind !== 'OUTSIDE' && kind !== 'ELSEWHERE')
      fail('MONEY_NOT_THERE', { available: `${balanceFen}`, found: `${-amountFen}` })
    return { journalId: journal.id, accountId, orgId, amountFen, balanceFen: after, n: moves + 1n }
  })
  await journalStore.insert(work.tx, work.actor.countyId, [journal], posted)
  await journalStore.moveBalances(
    work.tx,
    posted.map(({ accountId, balanceFen, n }) => ({ accountId, balanceFen, moves: n })),
  )
  const afterHash = recordHash([journal, posted.map(({ accountId, amountFen }) => [accountId, `${amountFen}`])])
  await recordAudit(work, [
    { orgId: keeper.orgId, action: 'journal.posted', subjectType: 'DuesJournal', subjectId: journal.id, afterHash },
  ])
  return journal.id
}
