import { type Perform, systemActor } from '@linghang/access'
import type { Work } from '../../work.ts'
import { type Followed, followBills } from './follow-bills.ts'
import { standingStore } from './standing-store.ts'

const membersAtOnce = 2_000
const batchTimeoutMs = 60_000

/** How far a county's run has come; a run that was broken off goes on behind `after`. */
export type BillingProgress = Followed & { after: string | null; members: number; done: boolean }
export const notBegun: BillingProgress = {
  ...{ after: null, members: 0, done: false, made: 0, withdrawn: 0, restored: 0, unknown: 0 },
}

/**
 * The bills of a county up to and with the month of a day, set by set, each in a transaction of its own: whatever breaks it
 * off, what is made stays, and the next run makes what is missing and nothing twice.
 * @param heard is told after each set
 */
export async function billCounty(
  perform: Perform<Work>,
  { countyId, on, from = notBegun }: { countyId: string; on: string; from?: BillingProgress },
  heard: (progress: BillingProgress) => void,
): Promise<BillingProgress> {
  let progress = from
  while (!progress.done) {
    const { after } = progress
    progress = await perform(
      systemActor(countyId),
      async work => {
        const people = await standingStore.next(work.tx, countyId, after, membersAtOnce)
        const followed = await followBills(work, people, on)
        return {
          after: people.at(-1)?.memberId ?? after,
          members: progress.members + people.length,
          done: people.length < membersAtOnce,
          made: progress.made + followed.made,
          withdrawn: progress.withdrawn + followed.withdrawn,
          restored: progress.restored + followed.restored,
          unknown: progress.unknown + followed.unknown,
        }
      },
      { timeoutMs: batchTimeoutMs },
    )
    heard(progress)
  }
  return progress
}
