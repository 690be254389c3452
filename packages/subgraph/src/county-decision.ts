import type { Work } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { defineErrors } from './errors.ts'

const { fail } = defineErrors({})

/** Far enough ahead for a decision that begins with a year. */
const daysAhead = 400

/** What a county decides is written down by its administrators alone. @throws DomainError FORBIDDEN */
export function requireCountyAdmin({ actor }: Pick<Work, 'actor'>): void {
  if (!actor.grants.some(({ role, orgId }) => role === 'ADMIN' && orgId === null))
    fail('FORBIDDEN', { wanted: 'ADMIN' })
}

/** A decision holds from a day on that is not past: what was done before stays as it was. @throws DomainError BAD_INPUT */
export function requireBeginning({ today }: Pick<Work, 'today'>, day: string): void {
  const last = addDays(today, daysAhead)
  if (day >= today && day <= last) return
  fail('BAD_INPUT', {
    ...{ field: 'effectiveFrom', found: day },
    ...{ wanted: `${today} to ${last}`, wantedZh: `${today} 至 ${last}` },
  })
}
