import type { Role } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import type { AccountKind } from '../accounts/account.ts'

export type Office = {
  id: string
  role: Role
  orgId: string | null
  accountId: string
  startsOn: string
  endsOn: string | null
  endReason: string | null
  appointedBy: string | null
}

/** Apps hold the office of an app and no other; people hold any other. */
export const fits = (kind: AccountKind, role: Role): boolean => (kind === 'APP') === (role === 'APP')

/** Which office nobody may hold beside this one at one organisation at one time: accountant ≠ cashier (党费规定 2008, art. 23). */
export const incompatibleWith = (role: Role): Role | null =>
  role === 'TREASURER' ? 'CASHIER' : role === 'CASHIER' ? 'TREASURER' : null

/** Whether whoever appointed is the one who was appointed: allowed, and shown. */
export const isSelfAppointed = ({ appointedBy, accountId }: Pick<Office, 'appointedBy' | 'accountId'>): boolean =>
  appointedBy === accountId

/** Before the party there were no offices in it. */
const earliestStart = '1921-07-01'
const daysAhead = 366

/**
 * When an office at an organisation may start: from the day on which there is such an organisation to a year ahead.
 * @param establishedOn null where it is not recorded
 */
export const startRange = (establishedOn: string | null, today: string): { from: string; until: string } => ({
  from: establishedOn ?? earliestStart,
  until: addDays(today, daysAhead),
})
