import { type AuditedChange, recordAudit } from '@linghang/access'
import { type NewEvent, publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import { hashOf, type Organisation } from './organisation.ts'

export type OrganisationEvent = `org.organisation.${'registered' | 'changed' | 'moved'}.v1`

/** An organisation as it stands after a change, as it is published. */
export const published = (type: OrganisationEvent, organisation: Organisation): NewEvent => ({
  type,
  orgId: organisation.id,
  subject: organisation.id,
  data: {
    id: organisation.id,
    code: organisation.code,
    name: organisation.name,
    kind: organisation.kind,
    superiorId: organisation.superiorId,
    unitKind: organisation.unitKind,
    approves: organisation.approvalPower?.approves ?? null,
    // Readers of this field take a term with both its days; the end, which is enough, is beside it.
    term: organisation.term?.start ? { start: organisation.term.start, end: organisation.term.end } : null,
    termEnd: organisation.term?.end ?? null,
    endedOn: organisation.endedOn,
    version: organisation.version,
  },
})

/** The audit row of a change. @param before null for an organisation that is new */
export const audited = (action: string, before: Organisation | null, after: Organisation): AuditedChange => ({
  orgId: after.id,
  action,
  subjectType: 'Organisation',
  subjectId: after.id,
  beforeHash: before && hashOf(before),
  afterHash: hashOf(after),
})

/** Puts one change into the audit and publishes it. */
export async function publishChange(work: Work, change: AuditedChange, event: NewEvent): Promise<void> {
  await recordAudit(work, [change])
  await publish(work, [event])
}
