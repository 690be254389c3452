import { type Role, recordAudit, whenTaken } from '@linghang/access'
import { useCase } from '../../work.ts'
import { appointableAccount } from '../accounts/read-accounts.ts'
import { requireAdmin } from '../organisations/administration.ts'
import { foundingOf } from '../organisations/read-organisations.ts'
import { fail } from './errors.ts'
import { fits, incompatibleWith, isSelfAppointed, startRange } from './office.ts'
import { publishOffice } from './publish-office.ts'
import { officeStore } from './store.ts'

export type AppointOffice = {
  accountId: string
  orgId: string
  role: Role
  /** Today where it is left out. */
  startsOn: string | null
  endsOn: string | null
}

/** @throws DomainError NOT_FOUND, FORBIDDEN, OFFICE_START_REFUSED, ROLE_NOT_FOR_ACCOUNT, OFFICE_HELD_ALREADY, OFFICE_ENDS_BEFORE_START, BOOKS_NEED_TWO_PEOPLE */
export const appointOffice = useCase('appointOffice', async (work, input: AppointOffice) => {
  const { tx, actor, today } = work
  await requireAdmin(work, input.orgId)
  const account = await appointableAccount(work, input.accountId)
  if (!account) return fail('NOT_FOUND', { what: `Account:${input.accountId}` })
  if (!fits(account.kind, input.role)) fail('ROLE_NOT_FOR_ACCOUNT', { kind: account.kind, role: input.role })
  const startsOn = input.startsOn ?? today
  const { from, until } = startRange(await foundingOf(work, input.orgId), today)
  if (startsOn < from || startsOn > until) fail('OFFICE_START_REFUSED', { found: startsOn, from, until })
  if (input.endsOn !== null && input.endsOn < startsOn)
    fail('OFFICE_ENDS_BEFORE_START', { startsOn, endsOn: input.endsOn })
  const other = incompatibleWith(input.role)
  if (other !== null) {
    // Two who appoint one person to both at the same moment come one after the other, and the second sees the first.
    await officeStore.holdBooks(tx, input.orgId)
    const wanted = { orgId: input.orgId, accountId: account.id, role: other, startsOn, endsOn: input.endsOn }
    if (await officeStore.isHeldBySamePerson(tx, wanted)) fail('BOOKS_NEED_TWO_PEOPLE', { found: other })
  }
  const office = await officeStore
    .insert(tx, {
      id: work.newId(),
      countyId: actor.countyId,
      ...input,
      startsOn,
      endReason: null,
      appointedBy: actor.accountId,
    })
    .catch(whenTaken(() => fail('OFFICE_HELD_ALREADY', { role: input.role })))
  const action = isSelfAppointed(office) ? 'office.appointed-to-oneself' : 'office.appointed'
  await recordAudit(work, [{ orgId: input.orgId, action, subjectType: 'Office', subjectId: office.id }])
  await publishOffice(work, 'appointed', office)
  return office.id
})
