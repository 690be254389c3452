import { collectionStore } from '../../billing/bills/collection-store.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { daysOfYear, monthsOfYear, type YearStatement, yearStatementOf } from './year-statement.ts'
import { yearStore } from './year-store.ts'

const nobody = { members: 0, bills: 0, settledBills: 0, dueFen: 0n, waivedFen: 0n, paidFen: 0n }

/**
 * What is told of a year's dues of an organisation whose books the actor keeps, with all below it: from its books, and only
 * once nothing counts for the year any more. For use cases with the rights of the county.
 * @throws DomainError NOT_FOUND, BAD_INPUT for a year that is not over, NO_DUES_ACCOUNT_TO_TELL_OF, DUES_YEAR_NOT_CLOSED
 */
export async function closedYearOf(
  work: Work,
  orgId: string,
  year: number,
): Promise<{ orgName: string; code: string; kind: string; statement: YearStatement }> {
  const { tx, actor, today } = work
  const organisation = await accountStore.organisation(tx, actor.countyId, orgId)
  if (!organisation || !(await work.supervision.keptBooks([orgId])).has(orgId))
    return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  const last = Number(today.slice(0, 4)) - 1
  if (year < 2008 || year > last)
    fail('BAD_INPUT', { field: 'year', found: year, wanted: `2008 to ${last}`, wantedZh: `2008 至 ${last}` })
  if (!(await accountStore.virtualOf(tx, [orgId])).has(orgId))
    fail('NO_DUES_ACCOUNT_TO_TELL_OF', { code: organisation.code })
  const open = await yearStore.openBooks(tx, actor.countyId, orgId, year)
  if (open !== null) fail('DUES_YEAR_NOT_CLOSED', { year, code: open })
  const sums = await yearStore.sumsUnder(tx, actor.countyId, orgId, daysOfYear(year))
  const { members, bills, settledBills, dueFen, waivedFen, paidFen } =
    (await collectionStore.of(tx, actor.countyId, [orgId], monthsOfYear(year))).get(orgId) ?? nobody
  const collection = { members, bills, settledBills, dueFen, waivedFen, paidFen }
  return {
    ...{ orgName: organisation.name, code: organisation.code, kind: organisation.kind },
    statement: yearStatementOf(year, sums, collection),
  }
}
