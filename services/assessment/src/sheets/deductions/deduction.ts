import type { LineState } from '../../engine/sheet.ts'
import type { LineNow } from '../lines/lines-now.ts'
import { fail } from './errors.ts'

/** A line as the caller saw it; points in hundredths. */
export type SeenLine = { sheetId: string; lineKey: string; points: number }

/** So many at once: what a person can look at. */
export const mostAtOnce = 50

type Judged = {
  indicator: Pick<LineNow['indicator'], 'kind'>
  line: Pick<LineNow['line'], 'key' | 'state' | 'points' | 'adjusted'>
}

const changed = ({ line }: Judged, wanted: LineState | string, points: number): never =>
  fail('DEDUCTION_CHANGED', {
    ...{ line: line.key, found: line.state, foundPoints: line.points / 100 },
    ...{ wanted, wantedPoints: points / 100 },
  })

const takes = ({ indicator }: Judged): boolean => indicator.kind === 'MINUS' || indicator.kind === 'VETO'

/** What is confirmed, or not made, is proposed now, with the points that were seen. @throws DomainError DEDUCTION_CHANGED */
export function requireProposed(now: Judged, seen: number): void {
  if (!takes(now) || now.line.state !== 'PROPOSED' || now.line.points !== seen) changed(now, 'PROPOSED', seen)
}

/** What is taken back was confirmed, or not made. @throws DomainError DEDUCTION_SETTLED_BY_APPEAL, DEDUCTION_CHANGED */
export function requireDecided(now: Judged): void {
  const { line } = now
  if (line.adjusted !== null) fail('DEDUCTION_SETTLED_BY_APPEAL', { line: line.key })
  const isDecided = line.state === 'DISMISSED' || (line.state === 'COUNTED' && takes(now))
  if (!isDecided) changed(now, 'COUNTED', line.points)
}

/** Of one sheet, or of one indicator at one organisation: what somebody can have looked at. @throws DomainError DEDUCTIONS_APART */
export function requireTogether(lines: readonly { sheetId: string; orgId: string; indicator: string }[]): void {
  const sheets = new Set(lines.map(({ sheetId }) => sheetId)).size
  const indicators = new Set(lines.map(({ indicator }) => indicator)).size
  const places = new Set(lines.map(({ orgId }) => orgId)).size
  if (sheets > 1 && (indicators > 1 || places > 1)) fail('DEDUCTIONS_APART', { found: sheets, indicators })
}
