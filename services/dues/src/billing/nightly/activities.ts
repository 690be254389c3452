import { type AsService, type Perform, shanghaiDay, systemActor, unlessItMoves } from '@linghang/access'
import { beating } from '@linghang/temporal'
import { handOverEnded } from '../../ledger/endings/hand-over.ts'
import { lapseHolds } from '../../ledger/holds/lapse-holds.ts'
import type { Tx, Work } from '../../work.ts'
import { followArrears } from '../arrears/follow-arrears.ts'
import { type BillingProgress, billCounty, notBegun } from '../bills/bill-county.ts'
import { standingStore } from '../bills/standing-store.ts'
import { followFixingDays } from '../fixings/due-on.ts'
import { useAdvances } from '../payments/use-advances.ts'
import { closeReminders, openReminders, remindersAtOnce } from '../reminders/follow-reminders.ts'

const holdsAtOnce = 100

type Deps = { perform: Perform<Work>; asService: AsService<Tx>; now: () => Date }
type Counted = Omit<BillingProgress, 'after'>
const { after: _behind, ...nothing } = notBegun

async function billAndFollow(deps: Deps, countyId: string): Promise<Counted> {
  const { begunWith, beat } = beating<BillingProgress>()
  const run = { countyId, on: shanghaiDay(deps.now()), from: begunWith ?? notBegun }
  const billed = await billCounty(deps.perform, run, beat)
  await useAdvances(deps.perform, countyId, () => beat(billed))
  await deps.perform(systemActor(countyId), work => followArrears(work, null), { timeoutMs: 60_000 })
  /** Set by set, each in a transaction of its own, until one is not full. */
  const bySets = async (atOnce: number, run: (work: Work) => Promise<number>) => {
    let done = atOnce
    while (done === atOnce) {
      done = await deps.perform(systemActor(countyId), run, { timeoutMs: 60_000 })
      beat(billed)
    }
  }
  await deps.perform(systemActor(countyId), followFixingDays, { timeoutMs: 60_000 })
  await bySets(remindersAtOnce, openReminders)
  await bySets(remindersAtOnce, work => closeReminders(work, null))
  await bySets(holdsAtOnce, work => lapseHolds.run(work, { most: holdsAtOnce }))
  await bySets(holdsAtOnce, work => handOverEnded.run(work, { most: holdsAtOnce }))
  const { after: _, ...counted } = billed
  return counted
}

/** What workflows have the dues service do; by these names they ask for it. */
export const billingActivities = (deps: Deps) => ({
  /** Counties in which somebody keeps a dues account. */
  countiesToBill: (): Promise<string[]> => deps.asService(tx => standingStore.countiesWithAccounts(tx)),
  /**
   * Bills a county, and lets what was paid ahead pay them, sees who has not paid, reminds members and gives free what was
   * held too long, and hands over what organisations that have ended still have; an attempt goes on where the one before it stopped. One that moves meanwhile is billed where it lives.
   */
  billCounty: async ({ countyId }: { countyId: string }): Promise<Counted> =>
    (await unlessItMoves(billAndFollow(deps, countyId))) ?? nothing,
})
