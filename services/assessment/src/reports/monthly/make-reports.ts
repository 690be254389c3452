import { type Perform, systemActor } from '@linghang/access'
import { publish } from '@linghang/events'
import { addDays, addMonths } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { reportSettingsStore } from '../settings/store.ts'
import { reportStore } from './store.ts'

const setTimeoutMs = 60_000
/** A set takes about a second: whoever is killed loses no more than that. */
const setsOf = 1_000

/** How far a county's reports of a month have come; a run that was broken off goes on behind `after`. */
export type ReportProgress = { after: string | null; made: number; begun: boolean; done: boolean }
export const notBegun: ReportProgress = { after: null, made: 0, begun: false, done: false }

/** The next set of a month's reports, each told once: what is there already is neither made nor told again. */
async function makeSet(work: Work, month: string, progress: ReportProgress, most: number): Promise<ReportProgress> {
  const { tx, actor, now } = work
  const day = addDays(addMonths(month, 1), -1)
  const ids = await reportStore.next(tx, actor.countyId, day, progress.after, most)
  const made = ids.length === 0 ? [] : await reportStore.make(tx, actor.countyId, { month, day, ids, at: now })
  await publish(
    work,
    made.map(({ id, orgId, subjectType, subjectId }) => ({
      ...{ type: 'assessment.report.made.v1' as const, orgId, subject: id },
      data: { id, orgId, memberId: subjectType === 'MEMBER' ? subjectId : null, month, version: 1 },
    })),
  )
  return {
    ...{ begun: true, made: progress.made + made.length, after: ids.at(-1) ?? progress.after },
    done: ids.length < most,
  }
}

/**
 * All reports of a county for a month that is over, set by set, each in a transaction of its own: whatever breaks it off, what is
 * made stays, and the next attempt makes what is missing and nothing twice (S1-9). Only where the county has decided it.
 * @param heard is told after each set
 */
export async function makeReports(
  perform: Perform<Work>,
  {
    countyId,
    month,
    from = notBegun,
    most = setsOf,
  }: { countyId: string; month: string; from?: ReportProgress; most?: number },
  heard: (progress: ReportProgress) => void,
): Promise<ReportProgress> {
  const inSet = <T>(run: (work: Work) => Promise<T>) => perform(systemActor(countyId), run, { timeoutMs: setTimeoutMs })
  let progress = from
  if (!progress.begun) {
    const isOn = await inSet(async ({ tx, today }) => {
      if (!(await reportSettingsStore.on(tx, countyId, today))?.isOn) return false
      await reportStore.keepAverages(tx, countyId, month, addDays(addMonths(month, 1), -1))
      return true
    })
    if (!isOn) return { ...progress, done: true }
  }
  while (!progress.done) {
    const before = progress
    progress = await inSet(work => makeSet(work, month, before, most))
    heard(progress)
  }
  return progress
}
