import { recordHash } from '@linghang/access'
import type { OrganisationKind } from '../roster/columns.ts'

export type { OrganisationKind }

/** The first day may not be known. */
export type Term = { start: string | null; end: string }

/** What an office records of an organisation; dates are calendar dates, `YYYY-MM-DD`. */
export type OrganisationRecord = {
  code: string
  name: string
  kind: OrganisationKind
  superiorId: string | null
  regionCode: string | null
  unitKind: string | null
  establishedOn: string | null
  term: Term | null
  secretaryName: string | null
  phone: string | null
}

/** Whether it may approve (审批权) as its superior has recorded it, and on what that rests. */
export type ApprovalPower = { approves: boolean; basis: string }

export type Organisation = OrganisationRecord & {
  id: string
  version: number
  approvalPower: ApprovalPower | null
  /** Since when it is dissolved or merged; null while it goes on. */
  endedOn: string | null
  /** Whom its people and what it had belong to since; null where nobody was left there. */
  endedInto: string | null
  /** The last day of a temporary branch; null for all others, and where none was set. */
  endsOn: string | null
}

/** SHA-256 over what is recorded: equal records are the same file again, whatever the order of the columns. */
export const hashOf = (record: OrganisationRecord): Buffer =>
  recordHash([
    record.code,
    record.name,
    record.kind,
    record.superiorId,
    record.regionCode,
    record.unitKind,
    record.establishedOn,
    record.term?.start ?? null,
    record.term?.end ?? null,
    record.secretaryName,
    record.phone,
  ])
