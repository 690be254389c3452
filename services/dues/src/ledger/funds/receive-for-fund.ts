import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { requireAmount } from '../accounts/amount.ts'
import { accountStore } from '../accounts/store.ts'
import { receiving } from '../journals/journal.ts'
import { post } from '../journals/post.ts'
import { keptAccount } from '../journals/record-income.ts'
import { journalStore } from '../journals/store.ts'
import { fail } from './errors.ts'
import { fundStore } from './store.ts'

/** What comes in for one purpose, and from where: what a superior passes down for it, and what a government grants. */
const sources = { RECEIVED_FROM_ABOVE: 'FROM_ABOVE', FISCAL_GRANT: 'FISCAL' } as const

export type ReceiveForFund = {
  fundId: string
  reason: keyof typeof sources
  amountFen: bigint
  /** Today where it is left out. */
  countsOn: string | null
  note: string
}

/**
 * Records what an organisation has from outside for the purpose of one of its funds: earmarked stays earmarked from its first
 * day on (党费规定 2008, art. 21; S3-16: part fiscal, part dues that the city holds). By whoever keeps the books of the
 * committee in whose account it lies.
 * @returns the journal's id
 * @throws DomainError NOT_FOUND, BAD_INPUT, LEDGER_DAY_REFUSED
 */
export const receiveForFund = useCase(
  'recordDuesFundIncome',
  async (work, { fundId, reason, amountFen, countsOn, note }: ReceiveForFund): Promise<string> => {
    const { tx, actor, today } = work
    const [fund] = await fundStore.byIds(tx, actor.countyId, [fundId])
    const keeper = fund && (await keptAccount(work, fund.keeperId))
    // What is the centre's comes from members alone.
    if (!fund || !keeper || fund.purpose === 'TO_CENTRE') return fail('NOT_FOUND', { what: `DuesFund:${fundId}` })
    const code = sources[reason]
    await accountStore.openOutside(tx, actor.countyId, keeper, code, work.newId())
    const beside = await journalStore.besides(tx, keeper.id, code)
    return post(work, keeper, {
      ...{ keeperId: keeper.id, reason, note: requireReason(note, 'note'), countsOn: countsOn ?? today },
      entries: receiving({ ...beside, virtual: fund.id, real: keeper.id }, requireAmount(amountFen)),
    })
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
