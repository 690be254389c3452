import { requireReason } from '@linghang/subgraph'
import type { RealAccount, VirtualAccount } from '../../ledger/accounts/account.ts'
import { requireAmount } from '../../ledger/accounts/amount.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { type Entry, handing, spending as leaving } from '../../ledger/journals/journal.ts'
import { post } from '../../ledger/journals/post.ts'
import { requireBooks } from '../../ledger/journals/record-income.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { shareStore } from './store.ts'

export type PassUp = { orgId: string; year: number; amountFen: bigint; countsOn: string | null; note: string }

/** To the superior's part of the same account, or out of it where that has another, or stands in another county. */
async function entriesOf(work: Work, orgId: string, own: VirtualAccount, keeper: RealAccount, amountFen: bigint) {
  const { tx, actor } = work
  const superior = await shareStore.superiorOf(tx, actor.countyId, orgId)
  const to = superior === null ? undefined : (await accountStore.virtualOf(tx, [superior])).get(superior)
  if (to?.keeperId === keeper.id) return handing(own.id, to.id, amountFen)
  await accountStore.openOutside(tx, actor.countyId, keeper, 'PASSED_UP', work.newId())
  const beside = await journalStore.besides(tx, keeper.id, 'PASSED_UP')
  return leaving({ ...beside, virtual: own.id, real: keeper.id }, amountFen) satisfies Entry[]
}

/**
 * Books what an organisation passes up of a year's dues (党费规定 2008, arts. 15, 16). By whoever keeps the books of the
 * committee in whose account it lies. What the superior has from another account it records itself.
 * @returns the organisation's id
 * @throws DomainError NOT_FOUND, NO_DUES_ACCOUNT, FORBIDDEN, BAD_INPUT, LEDGER_DAY_REFUSED, MONEY_NOT_THERE
 */
export const passDuesUp = useCase(
  'passDuesUp',
  async (work, { orgId, year, amountFen, countsOn, note }: PassUp): Promise<string> => {
    const { tx, actor, today } = work
    const { account: own, keeper } = await requireBooks(work, orgId)
    const thisYear = Number(today.slice(0, 4))
    if (year < 2008 || year > thisYear)
      fail('BAD_INPUT', {
        ...{ field: 'year', found: `${year}` },
        ...{ wanted: `2008 to ${thisYear}`, wantedZh: `2008 至 ${thisYear}` },
      })
    const entries = await entriesOf(work, orgId, own, keeper, requireAmount(amountFen))
    const journalId = await post(work, keeper, {
      ...{ keeperId: keeper.id, reason: 'PASSED_UP', note: requireReason(note, 'note') },
      ...{ countsOn: countsOn ?? today, entries },
    })
    await shareStore.insert(tx, { journalId, countyId: actor.countyId, orgId, year, amountFen })
    return orgId
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
