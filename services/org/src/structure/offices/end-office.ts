import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { requireAdmin } from '../organisations/administration.ts'
import { fail } from './errors.ts'
import { publishOffice } from './publish-office.ts'
import { officeStore } from './store.ts'

export type EndOffice = {
  officeId: string
  /** Today where it is left out. */
  endsOn: string | null
  reason: string
}

/** @throws DomainError NOT_FOUND, FORBIDDEN, OFFICE_ENDED_ALREADY, OFFICE_ENDS_BEFORE_START, OFFICE_END_PROLONGS, BAD_INPUT without a reason */
export const endOffice = useCase('endOffice', async (work, input: EndOffice) => {
  const { tx, actor, today } = work
  const reason = requireReason(input.reason)
  const office = await officeStore.lock(tx, actor.countyId, input.officeId)
  if (!office?.orgId) return fail('NOT_FOUND', { what: `Office:${input.officeId}` })
  await requireAdmin(work, office.orgId)
  if (office.endsOn !== null && office.endsOn <= today) fail('OFFICE_ENDED_ALREADY', { endsOn: office.endsOn })
  const endsOn = input.endsOn ?? today
  if (endsOn < office.startsOn) fail('OFFICE_ENDS_BEFORE_START', { startsOn: office.startsOn, endsOn })
  if (office.endsOn !== null && endsOn > office.endsOn)
    fail('OFFICE_END_PROLONGS', { found: endsOn, endsOn: office.endsOn })
  const ended = await officeStore.end(tx, office.id, { endsOn, reason, endedBy: actor.accountId })
  await recordAudit(work, [
    { orgId: office.orgId, action: 'office.ended', subjectType: 'Office', subjectId: office.id },
  ])
  await publishOffice(work, 'ended', ended)
  return office.id
})
