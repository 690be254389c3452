import { fail } from './errors.ts'

/**
 * What has happened is recorded, never what will: a day of the law up to and with today.
 * @throws DomainError BAD_INPUT for a day after today
 */
export function requirePast({ today }: { today: string }, field: string, day: string): string {
  if (day <= today) return day
  return fail('BAD_INPUT', { field, found: day, wanted: `${today} or earlier`, wantedZh: `不晚于 ${today}` })
}
