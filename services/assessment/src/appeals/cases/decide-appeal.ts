import { requireReason } from '@linghang/subgraph'
import { basisOf } from '../../engine/rulings.ts'
import { factStore } from '../../facts/journal/store.ts'
import { holdLines, type LineNow } from '../../sheets/lines/lines-now.ts'
import { seenSheets } from '../../sheets/reading/read-sheets.ts'
import { rulingStore } from '../../sheets/rulings/store.ts'
import { useCase, type Work } from '../../work.ts'
import { type Appeal, type AppealOutcome, requireState, requireUpheld, textLimits, workedOut } from './appeal.ts'
import { changeAppeal, holdAppeal } from './change-appeal.ts'
import { fail } from './errors.ts'
import { appealStore } from './store.ts'
import { requireDecides, superiorOf } from './who-appeals.ts'

/**
 * Notes that whoever appealed was heard: on which day, by whom, in a few words.
 * @throws DomainError NOT_FOUND, APPEAL_NOT_YOURS_TO_DECIDE, APPEAL_STATE, BAD_INPUT
 */
export const noteAppealHearing = useCase(
  'noteAppealHearing',
  async (work, input: { id: string; heldOn: string; heardBy: string; note: string }): Promise<string> => {
    const appeal = await holdAppeal(work, input.id)
    await requireDecides(work, appeal)
    requireState(appeal, 'OPEN')
    const { openedOn } = appeal
    if (input.heldOn < openedOn || input.heldOn > work.today)
      fail('BAD_INPUT', {
        ...{ field: 'heldOn', found: input.heldOn },
        ...{ wanted: `${openedOn} to ${work.today}`, wantedZh: `${openedOn} 至 ${work.today}` },
      })
    const text = requireReason(input.note, 'note', textLimits.text)
    const heardBy = requireReason(input.heardBy, 'heardBy', textLimits.heardBy)
    await changeAppeal(work, appeal, { state: 'HEARD' }, { kind: 'HEARD', onDay: input.heldOn, text, heardBy })
    return appeal.id
  },
  { rights: 'COUNTY' },
)

/** Passes it to the office above, which then answers. @throws DomainError NOT_FOUND, APPEAL_NOT_YOURS_TO_DECIDE, APPEAL_STATE, APPEAL_NOTHING_ABOVE */
export const passAppealUp = useCase(
  'passAppealUp',
  async (work, input: { id: string; reason: string }): Promise<string> => {
    const appeal = await holdAppeal(work, input.id)
    await requireDecides(work, appeal)
    requireState(appeal, 'OPEN', 'HEARD')
    const text = requireReason(input.reason, 'reason', textLimits.text)
    const decidingOrgId = (await superiorOf(work, appeal.decidingOrgId)) ?? fail('APPEAL_NOTHING_ABOVE')
    await changeAppeal(work, appeal, { decidingOrgId }, { kind: 'PASSED_UP', text })
    return appeal.id
  },
  { rights: 'COUNTY' },
)

/** The line as it is now, held; null where a correction has taken it away. */
async function lineOf(work: Work, appeal: Appeal): Promise<LineNow | null> {
  const sheetId = (await appealStore.sheetsOf(work.tx, work.actor.countyId, [appeal])).get(appeal.id)
  const row = sheetId && (await seenSheets(work, [sheetId])).get(sheetId)
  return (row && (await holdLines(work, [row])).get(row.id)?.get(appeal.lineKey)) || null
}

/** Whoever confirmed a deduction does not answer of it alone, as long as there is an office above. @throws DomainError APPEAL_OWN_DECISION */
async function requireAnother(work: Work, appeal: Appeal): Promise<void> {
  const decidedBy = await appealStore.decidedBy(work.tx, work.actor.countyId, appeal, appeal.lineKey)
  if (decidedBy === null || decidedBy !== work.actor.accountId) return
  if ((await superiorOf(work, appeal.decidingOrgId)) !== null) fail('APPEAL_OWN_DECISION')
}

/** Puts the points in the line's place: from now on it is scored so, as long as it rests on the same. */
async function adjust(work: Work, { line, indicator, row }: LineNow, points: number, reason: string): Promise<void> {
  const { tx, actor, now, newId } = work
  const { subjectType, subjectId, orgId, periodFrom, periodUntil } = row
  // A veto has no points to give back: it is not made.
  const said =
    indicator.kind === 'VETO' ? { kind: 'DISMISSED' as const, points: null } : { kind: 'ADJUSTED' as const, points }
  await rulingStore.write(tx, [
    {
      ...{ id: newId(), countyId: actor.countyId, orgId, subjectId, periodFrom, periodUntil, lineKey: line.key },
      ...{ ...said, proposed: workedOut(line), basis: basisOf(line), reason },
      ...{ decidedBy: actor.accountId, decidedAt: now },
    },
  ])
  await factStore.touch(tx, actor.countyId, [{ subjectType, subjectId, orgId, fromDay: periodFrom }])
}

export type AnswerAppeal = { id: string; outcome: AppealOutcome; points: number | null; reason: string }

/**
 * Answers an appeal that was heard. Upheld, the line has the points that are named, and the sheet is scored anew; of a line that a
 * correction has taken away nothing is put in its place.
 * @throws DomainError NOT_FOUND, APPEAL_NOT_YOURS_TO_DECIDE, APPEAL_STATE, APPEAL_OWN_DECISION, APPEAL_POINTS, BAD_INPUT
 */
export const answerAppeal = useCase(
  'answerAppeal',
  async (work, { id, outcome, points, reason }: AnswerAppeal): Promise<string> => {
    const appeal = await holdAppeal(work, id)
    await requireDecides(work, appeal)
    requireState(appeal, 'HEARD')
    await requireAnother(work, appeal)
    const text = requireReason(reason, 'reason', textLimits.text)
    const wantsPoints = outcome === 'UPHELD'
    if (wantsPoints !== (points !== null))
      fail('BAD_INPUT', {
        ...{ field: 'points', found: points === null ? null : points / 100 },
        ...(wantsPoints
          ? { wanted: 'the points that the line has now', wantedZh: '更正后的分值' }
          : { wanted: 'none: it stays as it is', wantedZh: '不填：维持原分' }),
      })
    const now = await lineOf(work, appeal)
    if (now && points !== null) {
      requireUpheld(now.line, now.indicator, points)
      await adjust(work, now, points, text)
    }
    const rests = now ? { proposed: workedOut(now.line), basis: basisOf(now.line) } : {}
    const answered = { state: 'ANSWERED' as const, outcome, points, answeredOn: work.today, ...rests }
    await changeAppeal(work, appeal, answered, { kind: outcome, text, points })
    return id
  },
  { rights: 'COUNTY' },
)
