import { type Actor, once, type Role, recordAudit, seesWholeCounty } from '@linghang/access'
import { type NewEvent, tell } from '@linghang/events'
import { shanghaiDay } from '@linghang/subgraph'
import { v7 as uuidv7 } from 'uuid'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { isTaken } from '../organisations/store.ts'
import { type Account, type AccountKind, fits, type Office } from './office.ts'
import { accountStore, officeStore } from './store.ts'

async function requireAdmin(deps: Deps, tx: Tx, actor: Actor, orgId: string): Promise<void> {
  if ((await deps.supervision.heldAs(tx, actor, 'ADMIN', [orgId])).has(orgId)) return
  const seen = await deps.supervision.seen(tx, actor, [orgId])
  if (seen.has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN' })
  fail('NOT_FOUND', { what: `Organisation ${orgId}` })
}

export type LinkAccount = { orgId: string; kind: AccountKind; issuer: string; subject: string; memberId: string | null }

/**
 * Makes an account known and links it to a person's own file. The person must be one that the administrator sees.
 * @throws DomainError NOT_FOUND, FORBIDDEN, ACCOUNT_TAKEN
 */
export function linkAccount(deps: Deps) {
  return (actor: Actor, input: LinkAccount, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'linkAccount', key: idempotencyKey, input }, async () => {
        await requireAdmin(deps, tx, actor, input.orgId)
        if (input.memberId) {
          const memberOrgId = await accountStore.memberOrganisation(tx, input.memberId)
          const seen = memberOrgId ? await deps.supervision.seen(tx, actor, [memberOrgId]) : new Set()
          if (!seen.has(memberOrgId)) fail('NOT_FOUND', { what: `Member ${input.memberId}` })
        }
        const account = await accountStore
          .insert(tx, { id: uuidv7(), countyId: actor.countyId, ...input })
          .catch(error => {
            if (isTaken(error)) return fail('ACCOUNT_TAKEN')
            throw error
          })
        await recordAudit(tx, actor, [
          { orgId: input.orgId, action: 'account.linked', subjectType: 'Account', subjectId: account.id },
        ])
        await tell(tx, actor, [
          {
            type: 'org.account.linked.v1',
            orgId: input.orgId,
            subject: account.id,
            data: { id: account.id, memberId: account.memberId },
          },
        ])
        return account.id
      }),
    )
}

const told = (type: 'org.office.appointed.v1' | 'org.office.ended.v1', office: Office): NewEvent => ({
  type,
  orgId: office.orgId,
  subject: office.id,
  data: {
    id: office.id,
    accountId: office.accountId,
    role: office.role,
    orgId: office.orgId,
    startsOn: office.startsOn,
    endsOn: office.endsOn,
  },
})

export type AppointOffice = {
  accountId: string
  orgId: string
  role: Role
  startsOn: string | null
  endsOn: string | null
}

/** Accounts that the actor sees, as everywhere else. */
async function mayAppoint(deps: Deps, tx: Tx, actor: Actor, { id, orgId }: Account): Promise<boolean> {
  if (id === actor.accountId) return true
  return orgId === null ? seesWholeCounty(actor) : (await deps.supervision.seen(tx, actor, [orgId])).has(orgId)
}

/** @throws DomainError NOT_FOUND, FORBIDDEN, ROLE_NOT_FOR_ACCOUNT, OFFICE_HELD_ALREADY, OFFICE_ENDS_BEFORE_START */
export function appointOffice(deps: Deps) {
  return (actor: Actor, input: AppointOffice, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'appointOffice', key: idempotencyKey, input }, async () => {
        await requireAdmin(deps, tx, actor, input.orgId)
        const [account] = await accountStore.byIds(tx, actor.countyId, [input.accountId])
        if (!account || !(await mayAppoint(deps, tx, actor, account)))
          return fail('NOT_FOUND', { what: `Account ${input.accountId}` })
        if (!fits(account.kind, input.role)) fail('ROLE_NOT_FOR_ACCOUNT', { kind: account.kind, role: input.role })
        const startsOn = input.startsOn ?? shanghaiDay(deps.now())
        if (input.endsOn !== null && input.endsOn < startsOn)
          fail('OFFICE_ENDS_BEFORE_START', { startsOn, endsOn: input.endsOn })
        const office = await officeStore
          .insert(tx, {
            id: uuidv7(),
            countyId: actor.countyId,
            ...input,
            startsOn,
            endReason: null,
            appointedBy: actor.accountId,
          })
          .catch(error => {
            if (isTaken(error)) return fail('OFFICE_HELD_ALREADY', { role: input.role })
            throw error
          })
        await recordAudit(tx, actor, [
          { orgId: input.orgId, action: 'office.appointed', subjectType: 'Office', subjectId: office.id },
        ])
        await tell(tx, actor, [told('org.office.appointed.v1', office)])
        return office.id
      }),
    )
}

/** @throws DomainError NOT_FOUND, FORBIDDEN, OFFICE_ENDED_ALREADY, OFFICE_ENDS_BEFORE_START */
export function endOffice(deps: Deps) {
  return (
    actor: Actor,
    input: { officeId: string; endsOn: string | null; reason: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'endOffice', key: idempotencyKey, input }, async () => {
        const office = await officeStore.lock(tx, actor.countyId, input.officeId)
        if (!office?.orgId) return fail('NOT_FOUND', { what: `Office ${input.officeId}` })
        await requireAdmin(deps, tx, actor, office.orgId)
        const today = shanghaiDay(deps.now())
        if (office.endsOn !== null && office.endsOn <= today) fail('OFFICE_ENDED_ALREADY', { endsOn: office.endsOn })
        const endsOn = input.endsOn ?? today
        if (endsOn < office.startsOn) fail('OFFICE_ENDS_BEFORE_START', { startsOn: office.startsOn, endsOn })
        const ended = await officeStore.end(tx, office.id, { endsOn, reason: input.reason, endedBy: actor.accountId })
        await recordAudit(tx, actor, [
          { orgId: office.orgId, action: 'office.ended', subjectType: 'Office', subjectId: office.id },
        ])
        await tell(tx, actor, [told('org.office.ended.v1', ended)])
        return office.id
      }),
    )
}
