import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { requireAmount } from '../accounts/amount.ts'
import { balanceStore } from '../accounts/balance-store.ts'
import { accountStore } from '../accounts/store.ts'
import { fail } from './errors.ts'
import type { LimitPeriod } from './limit.ts'
import { limitStore } from './store.ts'

export type SetDuesLimit = {
  accountId: string
  period: LimitPeriod
  /** Null lifts the limit. */
  limitFen: bigint | null
  /** Today where it is left out. */
  effectiveFrom: string | null
  basis: string
}

/**
 * Says how much may be spent of an organisation's account in a month, quarter or year (S0-25), from a day on, by whoever
 * keeps the committee in whose account it lies. What was set stays: what was refused was refused by something.
 * @returns the account's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT for a day that is past or a sum that cannot be
 */
export const setLimit = useCase(
  'setDuesLimit',
  async (work, { accountId, period, limitFen, effectiveFrom, basis }: SetDuesLimit): Promise<string> => {
    const { tx, actor, now, today, supervision } = work
    const account = await accountStore.limitable(tx, actor.countyId, accountId)
    if (!account || !(await supervision.seen([account.orgId])).has(account.orgId))
      return fail('NOT_FOUND', { what: `DuesAccount:${accountId}` })
    if (!(await supervision.keptBooks([account.keeperOrgId])).has(account.keeperOrgId))
      return fail('FORBIDDEN', {
        wanted: 'the accountant, cashier, secretary or an administrator of the committee whose account it is',
        wantedZh: '开立党费账户的党组织的会计、出纳、书记、管理员',
      })
    const from = effectiveFrom ?? today
    if (from < today)
      fail('BAD_INPUT', {
        ...{ field: 'effectiveFrom', found: from },
        ...{ wanted: `${today} or later`, wantedZh: `不早于 ${today}` },
      })
    // Whoever spends at this moment has done so before it, or is held against it.
    await balanceStore.lock(work, [accountId])
    const id = work.newId()
    await limitStore.insert(tx, {
      ...{ id, accountId, period, effectiveFrom: from, countyId: actor.countyId, orgId: account.orgId },
      limitFen: limitFen === null ? null : requireAmount(limitFen, 'limitFen', 0n),
      ...{ basis: requireReason(basis, 'basis'), setAt: now, setBy: actor.accountId },
    })
    await recordAudit(work, [
      {
        ...{ orgId: account.orgId, action: `dues-limit.set: ${period} ${limitFen ?? 'none'} from ${from}` },
        ...{ subjectType: 'DuesAccount', subjectId: accountId },
      },
    ])
    return accountId
  },
  { rights: 'COUNTY' },
)
