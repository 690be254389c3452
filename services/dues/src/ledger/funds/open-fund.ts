import { recordAudit, whenTaken } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { requireAmount } from '../accounts/amount.ts'
import { balanceStore } from '../accounts/balance-store.ts'
import { type FundPurpose, fundPurposes } from '../accounts/fund.ts'
import { post } from '../journals/post.ts'
import { keptAccount, requireBooks } from '../journals/record-income.ts'
import { centreFundName } from './centre-fund.ts'
import { fail } from './errors.ts'
import { fundStore } from './store.ts'

/** So many an organisation may have: they are shown as one list. */
const most = 20
const longestName = 60

/**
 * Opens an account of an organisation for one purpose (专项, S3-16), beside the one it has: what lies in it stays for that
 * (党费规定 2008, art. 21). By whoever keeps the books of the committee in whose account it lies.
 * @returns the fund's id
 * @throws DomainError NOT_FOUND, NO_DUES_ACCOUNT, FORBIDDEN, BAD_INPUT, FUND_NAME_TAKEN, TOO_MANY_FUNDS
 */
export const openFund = useCase(
  'openDuesFund',
  async (work, input: { orgId: string; name: string; purpose: FundPurpose }): Promise<string> => {
    const { tx, actor, now, today } = work
    const { orgId, purpose } = input
    // What goes to the centre has its fund from the first of it, and nothing else comes into that.
    if (purpose === 'TO_CENTRE')
      fail('BAD_INPUT', {
        ...{ field: 'purpose', found: purpose },
        ...{ wanted: fundPurposes.join(', '), wantedZh: fundPurposes.join('、') },
      })
    const { account, keeper } = await requireBooks(work, orgId)
    const name = requireReason(input.name, 'name', longestName)
    if (name === centreFundName) fail('FUND_NAME_TAKEN', { found: name })
    // Two that are opened at once are counted one after the other.
    await balanceStore.lock(work, [account.id])
    if ((await fundStore.count(tx, keeper.id, orgId)) >= most) fail('TOO_MANY_FUNDS', { limit: most })
    const id = work.newId()
    await fundStore
      .insert(tx, {
        ...{ id, orgId, name, purpose, keeperId: keeper.id, openedOn: today },
        ...{ countyId: actor.countyId, openedAt: now, openedBy: actor.accountId },
      })
      .catch(whenTaken(() => fail('FUND_NAME_TAKEN', { found: name })))
    await recordAudit(work, [{ orgId, action: 'dues-fund.opened', subjectType: 'DuesFund', subjectId: id }])
    return id
  },
  { rights: 'COUNTY' },
)

export type SetAside = {
  fundId: string
  amountFen: bigint
  /** Today where it is left out. */
  countsOn: string | null
  note: string
}

/**
 * Sets money of an organisation aside for the purpose of one of its funds: it leaves the account that it has, and comes
 * back from the fund by a reversal alone.
 * @returns the journal's id
 * @throws DomainError NOT_FOUND, BAD_INPUT, MONEY_NOT_THERE, LEDGER_DAY_REFUSED
 */
export const setAside = useCase(
  'setAsideDues',
  async (work, { fundId, amountFen, countsOn, note }: SetAside): Promise<string> => {
    const [fund] = await fundStore.byIds(work.tx, work.actor.countyId, [fundId])
    const keeper = fund && (await keptAccount(work, fund.keeperId))
    if (!fund || !keeper || fund.purpose === 'TO_CENTRE') return fail('NOT_FOUND', { what: `DuesFund:${fundId}` })
    const { account } = await requireBooks(work, fund.orgId)
    // Whoever has moved to another committee has its money there, and its fund here.
    if (account.keeperId !== keeper.id) return fail('NOT_FOUND', { what: `DuesFund:${fundId}` })
    const amount = requireAmount(amountFen)
    return post(work, keeper, {
      ...{ keeperId: keeper.id, reason: 'SET_ASIDE', note: requireReason(note, 'note') },
      countsOn: countsOn ?? work.today,
      entries: [
        { accountId: account.id, amountFen: -amount },
        { accountId: fund.id, amountFen: amount },
      ],
    })
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
