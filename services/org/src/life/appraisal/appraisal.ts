import { type AppraisalGrade, appraisalCitation } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import type { Person } from '../meetings/meeting.ts'
import { fail } from './errors.ts'

/** How many found somebody what, in the democratic test (民主测评). */
export type TestBallots = { excellent: number; competent: number; basic: number; unfit: number }

/** What the yearly appraisal says of somebody. */
export type Appraisal = {
  meetingId: string
  orgId: string
  memberId: string
  /** What they said of themselves; null while they have not. */
  selfReview: string | null
  /** What the others said, as it was written down. */
  mutual: string | null
  test: TestBallots | null
  grade: AppraisalGrade | null
  /** Why somebody is given no grade (old, ill, away); null where they are. */
  leftOutReason: string | null
}

export type Graded = Pick<Appraisal, 'mutual' | 'test' | 'grade' | 'leftOutReason'>

/**
 * @param voters how many came who could take part in the test
 * @throws DomainError NOT_APPRAISED_HERE, GRADE_NOT_FOR_PROBATIONARY, GRADE_OR_REASON, TEST_WANTED, TEST_NOT_COUNTABLE
 */
export function requireAppraisable(memberId: string, person: Person | undefined, said: Graded, voters: number): void {
  const { article, source } = appraisalCitation
  const named = { memberId: toId('Member', memberId) }
  const { standing } = person ?? fail('NOT_APPRAISED_HERE', named)
  const { test, grade, leftOutReason } = said
  if (standing === 'PROBATIONARY' && grade !== null)
    fail('GRADE_NOT_FOR_PROBATIONARY', { ...named, found: grade, article, source })
  if (grade !== null && leftOutReason !== null) fail('GRADE_OR_REASON', named)
  if (grade !== null && test === null) fail('TEST_WANTED', { ...named, article, source })
  if (test === null) return
  const counts = Object.values(test)
  const cast = counts.reduce((sum, count) => sum + count, 0)
  if (counts.some(count => count < 0) || cast > voters)
    fail('TEST_NOT_COUNTABLE', { ...named, found: cast, wanted: voters })
}
