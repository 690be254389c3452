import { addDays, type Need, probationEnd } from '@linghang/rulebook'
import { marksUntil, progressOf } from './case-progress.ts'
import { type Finding, finding, type Judged } from './judgement.ts'

/** From when, until when and by which days on record reviews are looked for; null where nobody is reviewed yet. */
function reviewSpan({ state, attempt, at }: Judged, need: Need & { kind: 'REVIEWS' }) {
  if (need.during !== 'PROBATION')
    return state.activistSince === null
      ? null
      : { since: state.activistSince, until: attempt.on, held: state.halfYearlyReviews }
  const endsOn = probationEnd(progressOf(state), at.rules)
  if (state.admittedOn === null || endsOn === null) return null
  // The last quarter ends with probation itself, and the assembly that decides is its review.
  const until = attempt.on < endsOn ? attempt.on : addDays(endsOn, -1)
  return { since: state.admittedOn, until, held: state.probationReviews }
}

/** A review in each period since then, on whatever day of it; a month early counts for the next. */
export function reviewed(judged: Judged, need: Need & { kind: 'REVIEWS' }): Finding[] {
  const span = reviewSpan(judged, need)
  if (!span) return []
  const { since, until } = span
  const held = span.held.filter(day => day > since)
  const marks = marksUntil(since, need.months, until, judged.state.knownOn)
  // The period before a mark is reckoned from where it began, as the mark itself was: months differ in length.
  const all = marksUntil(since, need.months, until, since)
  const beginOf = (mark: string) => all[all.indexOf(mark) - 1] ?? since
  const missing = marks.filter(mark => !held.some(day => day > beginOf(mark) && day <= mark))
  if (missing.length === 0) return []
  const names = missing.map(mark => `${beginOf(mark)} — ${mark}`)
  const what =
    need.during === 'PROBATION'
      ? { zh: '预备期季度考察', en: 'quarterly review in probation' }
      : { zh: '半年考察', en: 'half-yearly review' }
  return [
    finding(
      judged,
      'REVIEW_MISSING',
      `${marks.length - missing.length}/${marks.length}`,
      { zh: `${names.join('、')} 的${what.zh}`, en: `the ${what.en} of ${names.join(', ')}` },
      { citation: need.citation, level: need.level },
    ),
  ]
}
