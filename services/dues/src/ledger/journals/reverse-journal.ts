import { requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import type { RealAccount } from '../accounts/account.ts'
import { fail } from './errors.ts'
import type { Journal, JournalReason } from './journal.ts'
import { post } from './post.ts'
import { keptAccount } from './record-income.ts'
import { journalStore } from './store.ts'

/** What was posted for something else is taken back where that is, or the two would say different things. */
const ownWay: ReadonlySet<JournalReason> = new Set<JournalReason>([
  ...(['DUES_PAID', 'LARGE_DUES_PAID', 'LARGE_DUES_PASSED_UP', 'LARGE_DUES_RECEIVED'] as const),
  ...(['SPENT', 'PASSED_DOWN', 'HANDED_OVER'] as const),
])

/**
 * Turns each entry of a journal round; nothing that was posted is ever changed. It counts today: a closed month stays as it
 * was told.
 * @returns the reversal's id
 * @throws DomainError REVERSAL_NOT_REVERSED, JOURNAL_REVERSED_ALREADY, MONEY_NOT_THERE
 */
export async function turnRound(work: Work, keeper: RealAccount, journal: Journal, note: string): Promise<string> {
  if (journal.reverses !== null) fail('REVERSAL_NOT_REVERSED')
  await journalStore.holdJournal(work.tx, journal.id)
  if ((await journalStore.reversalsOf(work.tx, [journal.id])).has(journal.id)) fail('JOURNAL_REVERSED_ALREADY')
  const entries = await journalStore.entriesOf(work.tx, journal.id)
  return post(work, keeper, {
    ...{ keeperId: keeper.id, reason: 'REVERSED', note, countsOn: work.today, reverses: journal.id },
    entries: entries.map(({ accountId, amountFen }) => ({ accountId, amountFen: -amountFen })),
  })
}

/**
 * Takes a journal back by one that turns it round.
 * @returns the reversal's id
 * @throws DomainError NOT_FOUND, BAD_INPUT without a reason, JOURNAL_HAS_OWN_WAY, and what turnRound refuses
 */
export const reverseJournal = useCase(
  'reverseDuesJournal',
  async (work, { journalId, reason }: { journalId: string; reason: string }): Promise<string> => {
    const [journal] = await journalStore.byIds(work.tx, work.actor.countyId, [journalId])
    const keeper = journal && (await keptAccount(work, journal.keeperId))
    if (!journal || !keeper) return fail('NOT_FOUND', { what: `DuesJournal:${journalId}` })
    if (ownWay.has(journal.reason)) fail('JOURNAL_HAS_OWN_WAY')
    return turnRound(work, keeper, journal, requireReason(reason))
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
