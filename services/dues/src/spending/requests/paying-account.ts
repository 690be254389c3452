import { accountStore } from '../../ledger/accounts/store.ts'
import { fundStore } from '../../ledger/funds/store.ts'
import { holdStore } from '../../ledger/holds/store.ts'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { ToldSpending } from './spending.ts'

/** The account at the bank and the part of it from which the money was held. @throws DomainError FORBIDDEN */
export async function accountsOf(work: Work, { holdId, fundId }: ToldSpending) {
  const { tx, actor } = work
  const [held] = holdId === null ? [] : await holdStore.byIds(tx, actor.countyId, [holdId])
  const [own] = !held
    ? []
    : fundId === null
      ? await accountStore.virtualByIds(tx, actor.countyId, [held.accountId])
      : await fundStore.byIds(tx, actor.countyId, [fundId])
  const keeper = own && (await keptAccount(work, own.keeperId))
  if (!own || !keeper)
    return fail('FORBIDDEN', {
      wanted: 'whoever keeps the books of the committee whose account it is',
      wantedZh: '开立党费账户的党组织的会计、出纳、书记、管理员',
    })
  return { own, keeper }
}
