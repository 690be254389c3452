import { requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import type { OutsideCode, RealAccount, VirtualAccount } from '../accounts/account.ts'
import { requireAmount } from '../accounts/amount.ts'
import { accountStore } from '../accounts/store.ts'
import { fail } from './errors.ts'
import { receiving } from './journal.ts'
import { post } from './post.ts'
import { journalStore } from './store.ts'

/** What comes into an account other than members' dues, and from where. */
const sources: Readonly<Record<'OPENING_BALANCE' | 'INTEREST' | 'RECEIVED_FROM_ABOVE', OutsideCode>> = {
  OPENING_BALANCE: 'OPENING',
  INTEREST: 'INTEREST',
  RECEIVED_FROM_ABOVE: 'FROM_ABOVE',
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
 * What an organisation has, and the account at the bank in which it lies, for whoever keeps the books of both.
 * @throws DomainError NOT_FOUND, NO_DUES_ACCOUNT, FORBIDDEN
 */
export async function requireBooks(
  work: Work,
  orgId: string,
): Promise<{ account: VirtualAccount; keeper: RealAccount }> {
  const account = await requireAccount(work, orgId)
  const keeper = await keptAccount(work, account.keeperId)
  if (keeper) return { account, keeper }
  return fail('FORBIDDEN', {
    wanted: 'the accountant, cashier, secretary or an administrator of the committee whose account it is',
    wantedZh: '开立党费账户的党组织的会计、出纳、书记、管理员',
  })
}

/** @throws DomainError NOT_FOUND, NO_DUES_ACCOUNT */
async function requireAccount(work: Work, orgId: string): Promise<VirtualAccount> {
  const organisation = await accountStore.organisation(work.tx, work.actor.countyId, orgId)
  if (!organisation || !(await work.supervision.keptBooks([orgId])).has(orgId))
    return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  const account = (await accountStore.virtualOf(work.tx, [orgId])).get(orgId)
  return account ?? fail('NO_DUES_ACCOUNT', { code: organisation.code })
}

/** @throws DomainError NOT_FOUND for a journal of other books than those in which it is put right */
async function requireCorrected(work: Work, keeper: RealAccount, id: string): Promise<void> {
  const [journal] = await journalStore.byIds(work.tx, work.actor.countyId, [id])
  if (journal?.keeperId !== keeper.id) fail('NOT_FOUND', { what: `DuesJournal:${id}` })
}

/**
 * Records what an organisation has from outside of its members: what was there when the books were opened, interest, what
 * came from above. By whoever keeps the books of the committee whose account it lies in.
 * @returns the journal's id
 * @throws DomainError NOT_FOUND, NO_DUES_ACCOUNT, FORBIDDEN, BAD_INPUT, LEDGER_DAY_REFUSED
 */
export const recordIncome = useCase(
  'recordDuesIncome',
  async (work, { orgId, reason, amountFen, countsOn, note, corrects }: RecordIncome): Promise<string> => {
    const { account, keeper } = await requireBooks(work, orgId)
    const { outside, elsewhere } = await journalStore.besides(work.tx, keeper.id, sources[reason])
    const entries = receiving({ outside, elsewhere, virtual: account.id, real: keeper.id }, requireAmount(amountFen))
    const said = { keeperId: keeper.id, reason, note: requireReason(note, 'note'), countsOn: countsOn ?? work.today }
    if (corrects !== null) await requireCorrected(work, keeper, corrects)
    return post(work, keeper, { ...said, entries, ...(corrects === null ? {} : { corrects }) })
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
