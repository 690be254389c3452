import type { DuesStatementKind } from '@linghang/rulebook'

/** What an organisation has to tell of a quarter or a year that is over; `doneOn` null while it has not. */
export type StatementDue = {
  id: string
  orgId: string
  kind: DuesStatementKind
  periodFrom: string
  periodBefore: string
  dueOn: string
  doneOn: string | null
  version: bigint
}
