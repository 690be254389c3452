import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { post } from './post.ts'
import { keptAccount } from './record-income.ts'
import { journalStore } from './store.ts'

/**
 * Takes a journal back by one that turns each of its entries round; nothing that was posted is ever changed. It counts
 * today: a closed month stays as it was told.
 * @returns the reversal's id
 * @throws DomainError NOT_FOUND, BAD_INPUT without a reason, REVERSAL_NOT_REVERSED, JOURNAL_REVERSED_ALREADY, MONEY_NOT_THERE
 */
export const reverseJournal = useCase(
  'reverseDuesJournal',
  async (work, { journalId, reason }: { journalId: string; reason: string }): Promise<string> => {
    const [journal] = await journalStore.byIds(work.tx, work.actor.countyId, [journalId])
    const keeper = journal && (await keptAccount(work, journal.keeperId))
    if (!journal || !keeper) return fail('NOT_FOUND', { what: `DuesJournal:${journalId}` })
    if (journal.reverses !== null) fail('REVERSAL_NOT_REVERSED')
    await journalStore.holdJournal(work.tx, journalId)
    if ((await journalStore.reversalsOf(work.tx, [journalId])).has(journalId)) fail('JOURNAL_REVERSED_ALREADY')
    const entries = await journalStore.entriesOf(work.tx, journalId)
    return post(work, keeper, {
      ...{ keeperId: keeper.id, reason: 'REVERSED', note: requireReason(reason), countsOn: work.today },
      ...{ reverses: journalId },
      entries: entries.map(({ accountId, amountFen }) => ({ accountId, amountFen: -amountFen })),
    })
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
