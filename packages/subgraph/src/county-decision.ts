import type { Work } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { defineErrors } from './errors.ts'

const { fail } = defineErrors({})

/** Far enough ahead for a decision that begins with a year. */
const daysAhead = 400

/** What a county decides is written down by its administrators alone. @throws DomainError FORBIDDEN */
export function requireCountyAdmin(work: Pick<Work, 'actor'>): void {
  if (!isCountyAdmin(work)) fail('FORBIDDEN', { wanted: 'ADMIN' })
}

/** Whether the actor administers the whole county; for what others merely do not find. */
export const isCountyAdmin = ({ actor }: Pick<Work, 'actor'>): boolean =>
  actor.grants.some(({ role, orgId }) => role === 'ADMIN' && orgId === null)

/** A decision holds from a day on that is not past: what was done before stays as it was. @throws DomainError BAD_INPUT */
export function requireBeginning({ today }: Pick<Work, 'today'>, day: string): void {
  const last = addDays(today, daysAhead)
  if (day >= today && day <= last) return
  fail('BAD_INPUT', {
    ...{ field: 'effectiveFrom', found: day },
    ...{ wanted: `${today} to ${last}`, wantedZh: `${today} 至 ${last}` },
  })
}
