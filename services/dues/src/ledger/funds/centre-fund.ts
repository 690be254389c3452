import type { Work } from '../../work.ts'
import type { RealAccount } from '../accounts/account.ts'
import type { Fund } from '../accounts/fund.ts'
import { fundStore } from './store.ts'

/** How it is called; nobody opens another of this name. */
export const centreFundName = '大额党费（上缴中央）'

/**
 * The fund in which a committee has what goes to the centre (党费规定 2008, art. 11), under its own account; opened by the
 * first that comes. No branch has one: what lies in it is nobody's below.
 */
export async function centreFundOf(work: Work, keeper: RealAccount): Promise<Fund> {
  const { tx, actor, now, today } = work
  const known = await fundStore.toCentre(tx, keeper)
  if (known) return known
  // Two that come at once open one: who waits finds it.
  await fundStore.holdNames(tx, keeper.id)
  const opened = await fundStore.toCentre(tx, keeper)
  if (opened) return opened
  const fund: Fund = {
    ...{ id: work.newId(), orgId: keeper.orgId, keeperId: keeper.id },
    ...{ name: centreFundName, purpose: 'TO_CENTRE', openedOn: today },
  }
  await fundStore.insert(tx, { ...fund, countyId: actor.countyId, openedAt: now, openedBy: actor.accountId })
  return fund
}
