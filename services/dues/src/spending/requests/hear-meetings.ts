import { newestOf, reaction } from '@linghang/events'
import { releaseHolds } from '../../ledger/holds/hold-money.ts'
import type { Work } from '../../work.ts'
import { keepResolutions, spendingsDecidedBy } from '../resolutions/keep-resolutions.ts'
import { carriedOn } from '../resolutions/read-resolutions.ts'
import { type SpendingResolution, standingOf } from '../resolutions/resolution.ts'
import { takeStep } from './hold-spending.ts'
import { afterCorrection, type ToldSpending } from './spending.ts'
import { spendingStore } from './store.ts'

/** What is said of a request whose meeting has been corrected; nobody of us has written a reason. */
const reason = '会议对决议作了更正，该申请不再有集体讨论决定作依据（党费规定第二十条）'

/** A request, and what carries it now; undefined where nothing does. */
type Found = { spending: ToldSpending; standing: SpendingResolution | undefined }

async function follow(work: Work, { spending, standing }: Found): Promise<void> {
  const { orgId: atOrgId } = spending
  const does = afterCorrection(spending, standing !== undefined)
  if (does === 'RETURNED')
    await takeStep(
      work,
      spending,
      { kind: does, atOrgId, reason },
      { state: 'RETURNED', deciderOrgId: null, levelsLeft: 0 },
    )
  else if (does === 'BASIS_LOST')
    await takeStep(work, spending, { kind: does, atOrgId, reason }, { basisLostOn: work.today })
  else if (does === 'BASIS_RESTORED') await takeStep(work, spending, { kind: does, atOrgId }, { basisLostOn: null })
}

/**
 * What meetings decide on spending, and what follows where one is corrected: dues are spent by collective decision alone
 * (党费规定 2008, art. 20). What was approved on a decision that is none goes back, and its money is free; what was spent
 * already is the superior's to look at, until a meeting has decided on it after all or it is taken back. The requests are
 * held before anything is kept: whoever hands one in at this moment has done so before it or finds it as it is now.
 */
export const hearMeetings = reaction(['org.meeting.closed.v1'], async (work: Work, events) => {
  const meetings = newestOf(events, meeting => meeting.id)
  const { tx, actor, today } = work
  const spendings = await spendingStore.lock(tx, actor.countyId, await spendingsDecidedBy(work, meetings), today)
  await keepResolutions(work, meetings)
  const carried = await carriedOn(
    work,
    spendings.map(({ id }) => id),
  )
  const found = spendings.map(spending => ({
    spending,
    standing: standingOf(carried.get(spending.id) ?? [], spending),
  }))
  const freed = found.filter(
    ({ spending, standing }) =>
      spending.state === 'APPROVED' && afterCorrection(spending, standing !== undefined) === 'RETURNED',
  )
  await releaseHolds(
    work,
    freed.flatMap(({ spending }) => spending.holdId ?? []),
  )
  for (const one of found) await follow(work, one)
})
