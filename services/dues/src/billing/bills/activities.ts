import { type AsService, type Perform, shanghaiDay } from '@linghang/access'
import { beating } from '@linghang/temporal'
import type { Tx, Work } from '../../work.ts'
import { type BillingProgress, billCounty, notBegun } from './bill-county.ts'
import { standingStore } from './standing-store.ts'

/** What workflows have the dues service do; by these names they ask for it. */
export const billingActivities = (deps: { perform: Perform<Work>; asService: AsService<Tx>; now: () => Date }) => ({
  /** Counties in which somebody keeps a dues account. */
  countiesToBill: (): Promise<string[]> => deps.asService(tx => standingStore.countiesWithAccounts(tx)),
  /** Bills a county; an attempt goes on where the one before it stopped. */
  async billCounty({ countyId }: { countyId: string }): Promise<Omit<BillingProgress, 'after'>> {
    const { begunWith, beat } = beating<BillingProgress>()
    const run = { countyId, on: shanghaiDay(deps.now()), from: begunWith ?? notBegun }
    const { after: _, ...counted } = await billCounty(deps.perform, run, beat)
    return counted
  },
})
