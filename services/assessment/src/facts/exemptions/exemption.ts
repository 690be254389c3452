import { fail } from './errors.ts'

/** Why somebody is not counted as the others are (R10): who decides for whom is the branch's, never the age or the illness itself. */
export const exemptionReasons = ['OLD', 'ILL', 'NEW', 'FLOATING', 'SECONDED', 'ABROAD'] as const
export type ExemptionReason = (typeof exemptionReasons)[number]

/** For which days somebody is exempt; both ends within, null: no end is set. */
export type Exempt = { reason: ExemptionReason; from: string; until: string | null }

export type Exemption = {
  id: string
  orgId: string
  memberId: string
  reason: ExemptionReason
  fromDay: string
  untilDay: string | null
  decidedOn: string
  basis: string
  endReason: string | null
}

export const exemptionsAtMost = 50
const yearsAhead = 5

const later = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`

/** @throws DomainError BAD_INPUT for a decision to come, a time that begins over a year ago, ends before it begins or lasts too long */
export function requireTime(
  { fromDay, untilDay, decidedOn }: Pick<Exemption, 'fromDay' | 'untilDay' | 'decidedOn'>,
  today: string,
): void {
  const between = (field: string, found: string, first: string, last: string): void => {
    if (found >= first && found <= last) return
    fail('BAD_INPUT', { field, found, wanted: `${first} to ${last}`, wantedZh: `${first} 至 ${last}` })
  }
  between('decidedOn', decidedOn, later(today, -yearsAhead), today)
  between('from', fromDay, later(today, -1), later(today, 1))
  if (untilDay !== null) between('until', untilDay, fromDay, later(fromDay, yearsAhead))
}
