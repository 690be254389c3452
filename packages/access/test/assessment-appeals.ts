import { shanghaiDay } from '@linghang/access'
import { uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import type { Facts, Look } from './facts.ts'
import { type MeetingPlace, meetingPlaces, type Place } from './places.ts'

/** What stands in an appeal of each branch and nowhere else. */
const lineOf = (place: Place) => `LINE/${place.toUpperCase()}`

/** A sheet of each branch as if it had been scored, a deduction that is proposed and an appeal against it. @returns ids by place */
export async function seedAppeals(county: County, org: Record<Place, string>) {
  const planted = async (place: MeetingPlace) => {
    const [row] = await look(
      'assessment',
      `with sheet as (
         insert into score_sheet (id, county_id, org_id, subject_type, subject_id, period_from, period_until, pack_key, pack_version,
           scale, score, attainable, groups, totals, lights, lit_months, hash, version, worked_out_at)
         values (uuidv7(), $1, $2, 'ORGANISATION', $2, '2026-01-01', '2026-03-31', 'planted', 1, 'BRANCH', 8000, 8000, '[]', '{}', '[]',
           '{}', '\\x00', 1, now()) returning id),
       proposed as (
         insert into proposed_deduction (id, county_id, org_id, subject_type, subject_id, period_from, period_until, line_key,
           indicator, points)
         values (uuidv7(), $1, $2, 'ORGANISATION', $2, '2026-01-01', '2026-03-31', $4, 'LINE', -100)),
       appeal as (
         insert into appeal (id, county_id, org_id, subject_type, subject_id, period_from, period_until, line_key, state, proposed,
           basis, deciding_org_id, opened_on, hear_by, answer_by, round, steps, version)
         values (uuidv7(), $1, $2, 'ORGANISATION', $2, '2026-01-01', '2026-03-31', $4, 'OPEN', -100, '[]', $3, current_date,
           current_date + 7, current_date + 13, 1, 1, 1) returning id)
       select sheet.id as sheet, appeal.id as appeal from sheet, appeal`,
      [county.id, uuidOf(org[place]), uuidOf(org[place === 'b1' ? 'b' : 'a']), lineOf(place)],
      county.world.databaseSuffix,
    )
    return [place, { sheet: `ScoreSheet:${row?.sheet}`, appeal: `Appeal:${row?.appeal}` }] as const
  }
  return Object.fromEntries(await Promise.all(meetingPlaces.map(planted))) as Record<
    MeetingPlace,
    { sheet: string; appeal: string }
  >
}

/** Every entry to an appeal by its id. */
export function appealEntrancesOf({ appeals }: District): Record<string, Look> {
  return {
    'appeals by id': async (ask, actor) => {
      const fields = '... on Appeal { lineKey }'
      const refs = meetingPlaces.map(name => ({ __typename: 'Appeal', id: appeals[name].appeal }))
      const { data } = await ask.assessment(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ${fields} } }`,
        { refs },
      )
      const text = JSON.stringify(data ?? null)
      return meetingPlaces.flatMap(place => (text.includes(lineOf(place)) ? [`appeal ${place}`] : []))
    },
  }
}

/** @param branches whose offices somebody holds, there or above */
export const appealFactsOf = (branches: readonly Place[]): Record<string, Facts> => ({
  'appeals by id': branches.map(name => `appeal ${name}`),
})

/** Every mutation of deductions and appeals, with an input of one that is not the actor's to touch. */
export function appealAttempts(place: MeetingPlace, { appeals }: Pick<District, 'appeals'>): Attempt[] {
  const { sheet: sheetId, appeal: id } = appeals[place]
  const lineKey = lineOf(place)
  const inputs = {
    confirmDeductions: { lines: [{ sheetId, lineKey, points: -1 }] },
    dismissDeductions: { lines: [{ sheetId, lineKey, points: -1 }], reason: '私免' },
    takeDeductionBack: { sheetId, lineKey, reason: '私撤' },
    appealLine: { sheetId, lineKey, reason: '代诉' },
    withdrawAppeal: { id },
    noteAppealHearing: { id, heldOn: shanghaiDay(new Date()), heardBy: '某', note: '私记' },
    passAppealUp: { id, reason: '私报' },
    answerAppeal: { id, outcome: 'REJECTED', reason: '私答' },
  }
  return attemptsBy(inputs)
}

/** What a county's administrators alone decide. */
export const appealDecisions = (): Attempt[] =>
  attemptsBy({
    setAppealSettings: { effectiveFrom: shanghaiDay(new Date()), hearDays: 1, answerDays: 20, basis: '私定' },
  })
