import { basisOf } from '../../engine/rulings.ts'
import type { Line } from '../../engine/sheet.ts'
import type { SubjectType } from '../../facts/fact.ts'
import type { Indicator } from '../../packs/documents/pack.ts'
import { fail } from './errors.ts'

export type AppealState = 'OPEN' | 'HEARD' | 'ANSWERED' | 'WITHDRAWN'
export type AppealOutcome = 'UPHELD' | 'REJECTED'
export type StepKind = 'OPENED' | 'HEARD' | 'PASSED_UP' | AppealOutcome | 'WITHDRAWN' | 'REOPENED'

/** An appeal against a line of a sheet (申诉), as it stands; points in hundredths. */
export type Appeal = {
  id: string
  orgId: string
  subjectType: SubjectType
  subjectId: string
  periodFrom: string
  periodUntil: string
  lineKey: string
  state: AppealState
  outcome: AppealOutcome | null
  /** What was worked out when it was opened or answered, and on which versions it rested. */
  proposed: number
  basis: string[]
  /** What the answer has put in its place; null where nothing was. */
  points: number | null
  /** Whose office answers. */
  decidingOrgId: string
  openedOn: string
  hearBy: string
  answerBy: string
  answeredOn: string | null
  round: number
  /** How many steps its history has. */
  steps: number
  version: bigint
}

/** Something that was done of it: appended and never changed. */
export type AppealStep = {
  n: number
  kind: StepKind
  /** On which day: of a hearing, when it was held. */
  onDay: string
  text: string
  /** Who heard, in a few words. */
  heardBy: string | null
  points: number | null
  decidingOrgId: string
  doneAt: Date
}

export const textLimits = { text: 500, heardBy: 100 } as const

/** What a line was worked out to, before any office had put something in its place. */
export const workedOut = ({ points, adjusted }: Pick<Line, 'points' | 'adjusted'>): number => adjusted?.from ?? points

/** What has come out can be appealed, and what is proposed: that is the hearing. @throws DomainError APPEAL_LINE_UNDECIDED */
export function requireAppealable({ key, state }: Pick<Line, 'key' | 'state'>): void {
  if (state === 'OPEN' || state === 'DISMISSED')
    fail('APPEAL_LINE_UNDECIDED', { line: key, found: state, foundZh: state === 'OPEN' ? 'RUNNING' : state })
}

/** @throws DomainError APPEAL_STATE */
export function requireState({ state }: Pick<Appeal, 'state'>, ...wanted: AppealState[]): void {
  if (!wanted.includes(state)) fail('APPEAL_STATE', { found: state, wanted: wanted.join('_OR_') })
}

const mostPoints = 1_000_000

/**
 * Upheld, a line never has less than was worked out: nobody is worse off for having appealed. A deduction stays one at most, a
 * veto is none at all, and what is gained keeps its cap.
 * @throws DomainError APPEAL_POINTS
 */
export function requireUpheld(
  line: Pick<Line, 'points' | 'adjusted'>,
  indicator: Pick<Indicator, 'kind' | 'cap'>,
  points: number,
): void {
  const takes = indicator.kind === 'MINUS' || indicator.kind === 'VETO'
  const least = indicator.kind === 'VETO' ? 0 : workedOut(line)
  const cap = indicator.cap === undefined ? mostPoints : Math.round(indicator.cap * 100)
  const most = takes ? 0 : Math.max(cap, least)
  if (Number.isInteger(points) && points >= least && points <= most) return
  fail('APPEAL_POINTS', { found: points / 100, wanted: least / 100, most: most / 100 })
}

const sameBasis = ({ basis, proposed }: Pick<Appeal, 'basis' | 'proposed'>, line: Line): boolean => {
  const now = basisOf(line)
  return proposed === workedOut(line) && now.length === basis.length && now.every((one, i) => one === basis[i])
}

/** Whether an answer was given of the line as it is now. */
export const answersFor = (appeal: Pick<Appeal, 'state' | 'basis' | 'proposed'>, line: Line): boolean =>
  appeal.state === 'ANSWERED' && sameBasis(appeal, line)

/**
 * Whether what was answered rests on what has been corrected since, and the line does not already come to more than the answer
 * left it: the appeal is open again.
 */
export function isOvertaken(
  appeal: Pick<Appeal, 'state' | 'outcome' | 'basis' | 'proposed' | 'points'>,
  line: Line,
): boolean {
  if (appeal.state !== 'ANSWERED' || sameBasis(appeal, line)) return false
  const now = workedOut(line)
  return appeal.outcome === 'UPHELD' ? now < (appeal.points ?? 0) : now <= appeal.proposed
}
