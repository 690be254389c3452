import { requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import type { OutsideCode, RealAccount } from '../accounts/account.ts'
import { requireAmount } from '../accounts/amount.ts'
import { accountStore } from '../accounts/store.ts'
import { fail } from './errors.ts'
import { receiving } from './journal.ts'
import { post } from './post.ts'
import { journalStore } from './store.ts'

/**
 * What comes into an account other than its own members' dues, and from where. Floating members pay where they are (党费规定
 * 2008, art. 9): what they paid is told on their card, and is dues like all others.
 */
const sources: Readonly<
  Record<'OPENING_BALANCE' | 'INTEREST' | 'RECEIVED_FROM_ABOVE' | 'FLOATING_MEMBER_DUES', OutsideCode>
> = {
  OPENING_BALANCE: 'OPENING',
  INTEREST: 'INTEREST',
  RECEIVED_FROM_ABOVE: 'FROM_ABOVE',
  FLOATING_MEMBER_DUES: 'DUES',
}

export type RecordIncome = {
  orgId: string
  reason: keyof typeof sources
  amountFen: bigint
  /** Today where it is left out. */
  countsOn: string | null
  note: string
  /** The journal that it puts right, of a month that may be closed; null where it is none. */
  corrects: string | null
}

/** A real account of whoever keeps the books of its committee; null for everybody else. */
export async function keptAccount(work: Work, keeperId: string): Promise<RealAccount | null> {
  const [keeper] = await accountStore.realByIds(work.tx, work.actor.countyId, [keeperId])
  return keeper && (await work.supervision.keptBooks([keeper.orgId])).has(keeper.orgId) ? keeper : null
}

/**
 * What an organisation has, the account at the bank in which it lies and what stands beside that, for whoever keeps the books
 * of both.
 * @param code from where money comes, or what it goes to
 * @throws DomainError NOT_FOUND, NO_DUES_ACCOUNT, FORBIDDEN
 */
export async function requireBooks(work: Work, orgId: string, code: OutsideCode = 'OPENING') {
  const found = await accountStore.booksOf(work.tx, work.actor.countyId, orgId, code)
  const kept = await work.supervision.keptBooks([orgId, ...(found?.keeper ? [found.keeper.orgId] : [])])
  if (!found || !kept.has(orgId)) return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  const { account, keeper, outside, elsewhere } = found
  if (!account || !keeper) return fail('NO_DUES_ACCOUNT', { code: found.code })
  if (kept.has(keeper.orgId)) return { account, keeper, outside, elsewhere }
  return fail('FORBIDDEN', {
    wanted: 'the accountant, cashier, secretary or an administrator of the committee whose account it is',
    wantedZh: '开立党费账户的党组织的会计、出纳、书记、管理员',
  })
}

/** @throws DomainError NOT_FOUND for a journal of other books than those in which it is put right */
async function requireCorrected(work: Work, keeper: RealAccount, id: string): Promise<void> {
  const [journal] = await journalStore.byIds(work.tx, work.actor.countyId, [id])
  if (journal?.keeperId !== keeper.id) fail('NOT_FOUND', { what: `DuesJournal:${id}` })
}

/**
 * Records what an organisation has from outside of its members: what was there when the books were opened, interest, what
 * came from above, dues of floating members. By whoever keeps the books of the committee whose account it lies in.
 * @returns the journal's id
 * @throws DomainError NOT_FOUND, NO_DUES_ACCOUNT, FORBIDDEN, BAD_INPUT, LEDGER_DAY_REFUSED
 */
export const recordIncome = useCase(
  'recordDuesIncome',
  async (work, { orgId, reason, amountFen, countsOn, note, corrects }: RecordIncome): Promise<string> => {
    const { account, keeper, outside, elsewhere } = await requireBooks(work, orgId, sources[reason])
    const entries = receiving({ outside, elsewhere, virtual: account.id, real: keeper.id }, requireAmount(amountFen))
    const said = { keeperId: keeper.id, reason, note: requireReason(note, 'note'), countsOn: countsOn ?? work.today }
    if (corrects !== null) await requireCorrected(work, keeper, corrects)
    return post(work, keeper, { ...said, entries, ...(corrects === null ? {} : { corrects }) })
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
