import { type AsService, type Perform, shanghaiDay, unlessItMoves } from '@linghang/access'
import { addMonths, monthOf } from '@linghang/rulebook'
import { beating } from '@linghang/temporal'
import type { Tx, Work } from '../../work.ts'
import { reportSettingsStore } from '../settings/store.ts'
import { makeReports, notBegun, type ReportProgress } from './make-reports.ts'

type Deps = { perform: Perform<Work>; asService: AsService<Tx>; now: () => Date }

/** What workflows have the assessment service do; by these names they ask for it. */
export const reportActivities = ({ perform, asService, now }: Deps) => ({
  /** Counties that have decided on monthly reports. */
  countiesToReport: (): Promise<string[]> => asService(tx => reportSettingsStore.countiesOn(tx, shanghaiDay(now()))),
  /**
   * The reports of a county for the month before this one; an attempt goes on where the one before it stopped. One that moves
   * meanwhile has them made where it lives.
   */
  async reportCounty({ countyId }: { countyId: string }): Promise<{ made: number }> {
    const { begunWith, beat } = beating<ReportProgress>()
    const month = addMonths(monthOf(shanghaiDay(now())), -1)
    const run = makeReports(perform, { countyId, month, from: begunWith ?? notBegun }, beat)
    return { made: (await unlessItMoves(run))?.made ?? 0 }
  },
})
