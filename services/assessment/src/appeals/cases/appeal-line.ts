import { whenTaken } from '@linghang/access'
import { appealDueDays } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { basisOf } from '../../engine/rulings.ts'
import { holdLines } from '../../sheets/lines/lines-now.ts'
import { seenSheets } from '../../sheets/reading/read-sheets.ts'
import { useCase } from '../../work.ts'
import { settingsOn } from '../settings/read-settings.ts'
import { type Appeal, answersFor, requireAppealable, requireState, textLimits, workedOut } from './appeal.ts'
import { changeAppeal, holdAppeal, tellStep } from './change-appeal.ts'
import { fail } from './errors.ts'
import { appealStore } from './store.ts'
import { decidingOffice, requireConcerned } from './who-appeals.ts'

/**
 * Appeals a line of one's own sheet, or of one's organisation's (R8); also before a proposed deduction is confirmed, which then
 * waits for the hearing.
 * @returns the appeal's id
 * @throws DomainError NOT_FOUND, APPEAL_NOT_YOURS, SCORE_LINE_UNKNOWN, APPEAL_LINE_UNDECIDED, APPEAL_OPEN_ALREADY,
 *   APPEAL_ANSWERED_FINALLY, BAD_INPUT
 */
export const appealLine = useCase(
  'appealLine',
  async (work, input: { sheetId: string; lineKey: string; reason: string }): Promise<string> => {
    const { tx, actor, today, newId } = work
    const { sheetId, lineKey } = input
    const row =
      (await seenSheets(work, [sheetId])).get(sheetId) ?? fail('NOT_FOUND', { what: toId('ScoreSheet', sheetId) })
    requireConcerned(work, row)
    const text = requireReason(input.reason, 'reason', textLimits.text)
    const { line } =
      (await holdLines(work, [row])).get(sheetId)?.get(lineKey) ?? fail('SCORE_LINE_UNKNOWN', { found: lineKey })
    requireAppealable(line)
    const earlier = await appealStore.ofLine(tx, actor.countyId, row, lineKey)
    const open = earlier.find(({ state }) => state === 'OPEN' || state === 'HEARD')
    if (open) fail('APPEAL_OPEN_ALREADY', { line: lineKey, found: open.answerBy })
    const answeredBy = earlier.find(one => answersFor(one, line))?.decidingOrgId ?? null
    const { orgId, subjectType, subjectId, periodFrom, periodUntil } = row
    const appeal: Appeal = {
      ...{ id: newId(), orgId, subjectType, subjectId, periodFrom, periodUntil, lineKey },
      ...{ state: 'OPEN', outcome: null, proposed: workedOut(line), basis: basisOf(line), points: null },
      decidingOrgId: await decidingOffice(work, row, { answeredBy, lineKey }),
      ...{ openedOn: today, ...appealDueDays(today, await settingsOn(work, today)), answeredOn: null },
      ...{ round: 1, steps: 1, version: 1n },
    }
    await appealStore
      .open(tx, actor.countyId, appeal)
      .catch(whenTaken(() => fail('APPEAL_OPEN_ALREADY', { line: lineKey, found: appeal.answerBy })))
    await tellStep(work, appeal, { kind: 'OPENED', text })
    return appeal.id
  },
  { rights: 'COUNTY' },
)

/** Takes the own appeal back. @returns its id @throws DomainError NOT_FOUND, APPEAL_NOT_YOURS, APPEAL_STATE */
export const withdrawAppeal = useCase(
  'withdrawAppeal',
  async (work, { id }: { id: string }): Promise<string> => {
    const appeal = await holdAppeal(work, id)
    requireConcerned(work, appeal)
    requireState(appeal, 'OPEN', 'HEARD')
    await changeAppeal(work, appeal, { state: 'WITHDRAWN' }, { kind: 'WITHDRAWN' })
    return id
  },
  { rights: 'COUNTY' },
)
