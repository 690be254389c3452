import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import type { Ruling } from '../../engine/asked.ts'
import { basisOf } from '../../engine/rulings.ts'
import { factStore } from '../../facts/journal/store.ts'
import { useCase, type Work } from '../../work.ts'
import { holdLines, type LineNow } from '../lines/lines-now.ts'
import { decidesOf } from '../lines/who-decides.ts'
import { seenSheets } from '../reading/read-sheets.ts'
import type { SheetRow } from '../reading/sheet-row.ts'
import { rulingStore } from '../rulings/store.ts'
import { mostAtOnce, requireDecided, requireProposed, requireTogether, type SeenLine } from './deduction.ts'
import { fail } from './errors.ts'
import { deductionStore } from './store.ts'

type Named = Pick<SeenLine, 'sheetId' | 'lineKey'>
const nameOf = ({ sheetId, lineKey }: Named): string => `${sheetId}/${lineKey}`

/** @throws DomainError BAD_INPUT */
function requireSome(lines: readonly Named[]): void {
  const different = new Set(lines.map(nameOf)).size
  if (lines.length >= 1 && lines.length <= mostAtOnce && different === lines.length) return
  fail('BAD_INPUT', {
    ...{ field: 'lines', found: lines.length },
    ...{ wanted: `1 to ${mostAtOnce} different lines`, wantedZh: `1 至 ${mostAtOnce} 项，不重复` },
  })
}

/** @throws DomainError NOT_FOUND, DEDUCTION_NOT_YOURS */
async function sheetsToDecide(work: Work, sheetIds: readonly string[]): Promise<SheetRow[]> {
  const seen = await seenSheets(work, sheetIds)
  for (const id of sheetIds) if (!seen.has(id)) fail('NOT_FOUND', { what: toId('ScoreSheet', id) })
  const rows = [...seen.values()]
  const decides = await decidesOf(work, rows)
  if (rows.some(({ id }) => !decides.has(id))) fail('DEDUCTION_NOT_YOURS')
  return rows
}

/** The lines that are named, as they are now and held. @throws DomainError NOT_FOUND, DEDUCTION_NOT_YOURS, SCORE_LINE_UNKNOWN */
async function heldLines(work: Work, lines: readonly Named[]): Promise<LineNow[]> {
  const rows = await sheetsToDecide(work, [...new Set(lines.map(({ sheetId }) => sheetId))])
  const now = await holdLines(work, rows)
  return lines.map(
    ({ sheetId, lineKey }) => now.get(sheetId)?.get(lineKey) ?? fail('SCORE_LINE_UNKNOWN', { found: lineKey }),
  )
}

async function write(work: Work, lines: readonly LineNow[], kind: Ruling['kind'], reason: string): Promise<void> {
  const { tx, actor, now, newId } = work
  await rulingStore.write(
    tx,
    lines.map(({ row: { orgId, subjectId, periodFrom, periodUntil }, line }) => ({
      ...{ id: newId(), countyId: actor.countyId, orgId, subjectId, periodFrom, periodUntil, lineKey: line.key },
      ...{ kind, proposed: line.points, points: null, basis: basisOf(line), reason },
      ...{ decidedBy: actor.accountId, decidedAt: now },
    })),
  )
  const sheets = new Map(lines.map(({ row }) => [row.id, row]))
  const touches = [...sheets.values()].map(({ subjectType, subjectId, orgId, periodFrom }) => ({
    ...{ subjectType, subjectId, orgId, fromDay: periodFrom },
  }))
  await factStore.touch(tx, actor.countyId, touches)
  const action = `deduction.${kind.toLowerCase().replace('_', '-')}`
  await recordAudit(
    work,
    lines.map(({ row }) => ({ orgId: row.orgId, action, subjectType: 'ScoreSheet', subjectId: row.id })),
  )
}

/** @returns the sheets, each once */
async function decide(work: Work, seen: readonly SeenLine[], kind: 'CONFIRMED' | 'DISMISSED', reason: string) {
  requireSome(seen)
  const lines = await heldLines(work, seen)
  requireTogether(lines.map(({ row, indicator }) => ({ sheetId: row.id, orgId: row.orgId, indicator: indicator.key })))
  for (const [i, line] of lines.entries()) requireProposed(line, seen[i]?.points ?? 0)
  if (kind === 'CONFIRMED') {
    const [unheard] = await deductionStore.unheard(work.tx, work.actor.countyId, lines, work.today)
    if (unheard) fail('DEDUCTION_UNHEARD', { line: unheard.lineKey, found: unheard.hearBy })
  }
  await write(work, lines, kind, reason)
  return [...new Set(lines.map(({ row }) => row.id))]
}

/**
 * Lets proposed deductions count (R8). All of them or none.
 * @returns the sheets on which they stand
 * @throws DomainError NOT_FOUND, DEDUCTION_NOT_YOURS, SCORE_LINE_UNKNOWN, DEDUCTION_CHANGED, DEDUCTIONS_APART,
 *   DEDUCTION_UNHEARD, BAD_INPUT
 */
export const confirmDeductions = useCase(
  'confirmDeductions',
  (work, { lines }: { lines: SeenLine[] }): Promise<string[]> => decide(work, lines, 'CONFIRMED', ''),
  { rights: 'COUNTY' },
)

/** Does not make them, and says why. @throws DomainError as `confirmDeductions` */
export const dismissDeductions = useCase(
  'dismissDeductions',
  (work, { lines, reason }: { lines: SeenLine[]; reason: string }): Promise<string[]> =>
    decide(work, lines, 'DISMISSED', requireReason(reason, 'reason', 500)),
  { rights: 'COUNTY' },
)

/**
 * Makes what was confirmed, or not made, a proposal again.
 * @throws DomainError NOT_FOUND, DEDUCTION_NOT_YOURS, SCORE_LINE_UNKNOWN, DEDUCTION_CHANGED, DEDUCTION_SETTLED_BY_APPEAL
 */
export const takeDeductionBack = useCase(
  'takeDeductionBack',
  async (work, { reason, ...named }: Named & { reason: string }): Promise<string[]> => {
    const why = requireReason(reason, 'reason', 500)
    const lines = await heldLines(work, [named])
    for (const line of lines) requireDecided(line)
    await write(work, lines, 'TAKEN_BACK', why)
    return [named.sheetId]
  },
  { rights: 'COUNTY' },
)
