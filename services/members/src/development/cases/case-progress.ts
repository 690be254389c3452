import { addMonths, type CaseProgress } from '@linghang/rulebook'
import type { CaseState } from './case.ts'

/** The dates of a case, as the rulebook asks for them. */
export const progressOf = (state: CaseState): CaseProgress => ({
  openStep: state.openStep,
  doneOn: {
    // The term of the talk runs from the application, whether or not its papers are in order yet.
    ...(state.appliedOn ? { APPLICATION: state.appliedOn } : {}),
    // A roster that does not say when it was handed in starts no term: its step stands on the day of the roster.
    ...Object.fromEntries(
      Object.entries(state.done).flatMap(([step, { on }]) =>
        step === 'APPLICATION' && state.appliedOn === null ? [] : [[step, on]],
      ),
    ),
  },
  activistSince: state.activistSince,
  admittedOn: state.admittedOn,
  probationExtendedTo: state.probationExtendedTo,
  conversionPostponedTo: state.conversionPostponedTo,
  halfYearlyReviews: state.halfYearlyReviews,
  thoughtReports: state.thoughtReports,
  probationReviews: state.probationReviews,
  noticeUntil: state.notice && state.notice.closedOn === null ? state.notice.until : null,
  knownOn: state.knownOn,
})

/** Marks of a period that have come by a day, counted from `since`, none before `knownOn`. */
export function marksUntil(since: string, months: number, until: string, knownOn: string): string[] {
  const marks: string[] = []
  for (let period = 1; addMonths(since, months * period) <= until; period++) {
    const mark = addMonths(since, months * period)
    if (mark >= knownOn) marks.push(mark)
  }
  return marks
}
