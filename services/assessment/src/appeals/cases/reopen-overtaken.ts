import { appealDueDays } from '@linghang/rulebook'
import { basisOf } from '../../engine/rulings.ts'
import type { Rescored } from '../../sheets/scoring/score-touched.ts'
import type { Work } from '../../work.ts'
import { settingsOn } from '../settings/read-settings.ts'
import { isOvertaken, workedOut } from './appeal.ts'
import { changeAppeal } from './change-appeal.ts'
import { appealStore } from './store.ts'

/**
 * What was answered of facts that were corrected since is open again, and those concerned are told: nobody has to notice it, or
 * to appeal twice.
 */
export async function reopenOvertaken(work: Work, { period, changed }: Rescored): Promise<void> {
  if (changed.length === 0) return
  const { tx, actor, today } = work
  const sheets = new Map(changed.map(({ sheet }) => [sheet.subjectId, sheet]))
  const answered = await appealStore.answered(tx, actor.countyId, [...sheets.keys()], period)
  if (answered.length === 0) return
  const days = appealDueDays(today, await settingsOn(work, today))
  for (const appeal of answered) {
    const sheet = sheets.get(appeal.subjectId)
    const line = sheet?.lines.find(({ key }) => key === appeal.lineKey)
    if (!sheet || !line || !isOvertaken(appeal, line)) continue
    const anew = { state: 'OPEN' as const, outcome: null, points: null, answeredOn: null, openedOn: today, ...days }
    const rests = { orgId: sheet.orgId, proposed: workedOut(line), basis: basisOf(line), round: appeal.round + 1 }
    await changeAppeal(work, appeal, { ...anew, ...rests }, { kind: 'REOPENED' })
  }
}
