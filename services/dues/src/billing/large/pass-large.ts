import { requireReason } from '@linghang/subgraph'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { centreFundOf } from '../../ledger/funds/centre-fund.ts'
import { spending as leaving, receiving } from '../../ledger/journals/journal.ts'
import { post } from '../../ledger/journals/post.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import { useCase, type Work } from '../../work.ts'
import { largeStore } from '../payments/large-store.ts'
import { audit, holdDue, refuseOther, requireKept, requireNext } from './hold-due.ts'

/** Today where no day is given. */
export type PassLarge = { paymentId: string; countsOn: string | null; note: string }

/** What stands beside an account for what comes from below or goes up on its way to the centre. */
async function besidesOf(
  { tx, actor, newId }: Work,
  keeper: RealAccount,
  code: 'LARGE_PASSED_UP' | 'LARGE_FROM_BELOW',
) {
  await accountStore.openOutside(tx, actor.countyId, keeper, code, newId())
  return journalStore.besides(tx, keeper.id, code)
}

/**
 * Passes a large due up in full (党费规定 2008, art. 11), without a share and without an approval of use: by whoever keeps the
 * books of the committee that has it, once it lies at the bank. To the committee in whose account the superior's money lies;
 * out of the county where there is none.
 * @returns the payment's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, LARGE_DUES_NOT_SO_FAR, BAD_INPUT, LEDGER_DAY_REFUSED, MONEY_NOT_THERE
 */
export const passLargeUp = useCase(
  'passLargeDuesUp',
  async (work, { paymentId, countsOn: said, note }: PassLarge): Promise<string> => {
    const due = await holdDue(work, paymentId)
    const keeper = await requireKept(work, due.keeperId)
    requireNext(due, 'PASSED_UP')
    const countsOn = said ?? work.today
    const beside = await besidesOf(work, keeper, 'LARGE_PASSED_UP')
    const journalId = await post(work, keeper, {
      ...{ keeperId: keeper.id, reason: 'LARGE_DUES_PASSED_UP', purpose: 'TO_CENTRE' },
      ...{ note: requireReason(note, 'note'), countsOn },
      entries: leaving({ ...beside, virtual: due.fundId, real: keeper.id }, due.amountFen),
    })
    const nextOrgId = await largeStore.nextOf(work.tx, work.actor.countyId, due.holderOrgId)
    const step = { kind: 'PASSED_UP', atOrgId: due.holderOrgId, journalId, countsOn, reason: null } as const
    await largeStore.take(work, due, step, { state: 'PASSED_UP', nextOrgId })
    await audit(work, due, 'large-dues.passed-up')
    return paymentId
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

/**
 * Books that a committee has a large due that an inferior passed up: it lies in its own fund for the centre. By whoever keeps
 * its books.
 * @returns the payment's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, LARGE_DUES_NOT_SO_FAR, BAD_INPUT, LEDGER_DAY_REFUSED
 */
export const receiveLarge = useCase(
  'receiveLargeDues',
  async (work, { paymentId, countsOn: said, note }: PassLarge): Promise<string> => {
    const due = await holdDue(work, paymentId)
    requireNext(due, 'RECEIVED')
    const orgId = due.nextOrgId as string
    const found = (await accountStore.realOf(work.tx, [orgId])).get(orgId)
    const keeper = found ? await requireKept(work, found.id) : refuseOther()
    const countsOn = said ?? work.today
    const fund = await centreFundOf(work, keeper)
    const beside = await besidesOf(work, keeper, 'LARGE_FROM_BELOW')
    const journalId = await post(work, keeper, {
      ...{ keeperId: keeper.id, reason: 'LARGE_DUES_RECEIVED', note: requireReason(note, 'note'), countsOn },
      entries: receiving({ ...beside, virtual: fund.id, real: keeper.id }, due.amountFen),
    })
    const place = { holderOrgId: orgId, keeperId: keeper.id, fundId: fund.id, nextOrgId: null }
    const step = { kind: 'RECEIVED', atOrgId: orgId, journalId, countsOn, reason: null } as const
    await largeStore.take(work, due, step, { ...place, state: 'RECEIVED' })
    await audit(work, due, 'large-dues.received')
    return paymentId
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
