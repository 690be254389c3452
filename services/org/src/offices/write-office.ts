import { type Actor, once, type Role, recordAudit, seesWholeCounty, shanghaiDay } from '@linghang/access'
import { type NewEvent, publish } from '@linghang/events'
import { requireReason } from '@linghang/subgraph'
import { v7 as uuidv7 } from 'uuid'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { isTaken, organisationStore } from '../organisations/store.ts'
import { type Account, type AccountKind, fits, isSelfAppointed, type Office, startRange } from './office.ts'
import { accountStore, officeStore } from './store.ts'

async function requireAdmin(deps: Deps, tx: Tx, actor: Actor, orgId: string): Promise<void> {
  if ((await deps.supervision.heldAs(tx, actor, 'ADMIN', [orgId])).has(orgId)) return
  const seen = await deps.supervision.seen(tx, actor, [orgId])
  if (seen.has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN' })
  fail('NOT_FOUND', { what: `Organisation:${orgId}` })
}

export type LinkAccount = { orgId: string; kind: AccountKind; issuer: string; subject: string; memberId: string | null }

/** Whether the actor administers the whole county, or the organisation that nobody is above. */
async function isCounty(tx: Tx, deps: Deps, actor: Actor): Promise<boolean> {
  if (actor.grants.some(({ role, orgId }) => role === 'ADMIN' && orgId === null)) return true
  const root = await officeStore.rootOf(tx, actor.countyId)
  return root !== null && (await deps.supervision.heldAs(tx, actor, 'ADMIN', [root])).has(root)
}

const linked = (account: Account): NewEvent => ({
  type: 'org.account.linked.v1',
  orgId: account.orgId,
  subject: account.id,
  data: { id: account.id, memberId: account.releasedAt === null ? account.memberId : null },
})

/**
 * Claims a login and links it to a person's own file. The person must be one that the administrator sees. It counts at
 * once when the county claims it, and else once the county has confirmed it.
 * @throws DomainError NOT_FOUND, FORBIDDEN, ACCOUNT_TAKEN
 */
export function linkAccount(deps: Deps) {
  return (actor: Actor, input: LinkAccount, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'linkAccount', key: idempotencyKey, input }, async () => {
        await requireAdmin(deps, tx, actor, input.orgId)
        if (input.memberId) {
          const memberOrgId = await accountStore.memberOrganisation(tx, input.memberId)
          const seen = memberOrgId ? await deps.supervision.seen(tx, actor, [memberOrgId]) : new Set()
          if (!seen.has(memberOrgId)) fail('NOT_FOUND', { what: `Member:${input.memberId}` })
        }
        const confirmedAt = (await isCounty(tx, deps, actor)) ? deps.now() : null
        const account = await accountStore
          .insert(tx, { id: uuidv7(), countyId: actor.countyId, ...input, confirmedAt, releasedAt: null })
          .catch(error => {
            if (isTaken(error)) return fail('ACCOUNT_TAKEN')
            throw error
          })
        await recordAudit({ tx, actor }, [
          { orgId: input.orgId, action: 'account.linked', subjectType: 'Account', subjectId: account.id },
        ])
        await publish({ tx, actor }, [linked(account)])
        return account.id
      }),
    )
}

/** An account that is there, held until the transaction ends, of an organisation that the actor administers. */
async function requireAccount(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Account> {
  const account = await accountStore.lock(tx, actor.countyId, id)
  if (!account || account.releasedAt !== null) return fail('NOT_FOUND', { what: `Account:${id}` })
  if (account.orgId !== null) await requireAdmin(deps, tx, actor, account.orgId)
  else if (!(await isCounty(tx, deps, actor))) fail('NOT_FOUND', { what: `Account:${id}` })
  return account
}

/**
 * Confirms a claim, after which the login signs in here; the county's alone to do.
 * @throws DomainError NOT_FOUND, FORBIDDEN, ACCOUNT_TAKEN where the login or the person's file has an account already
 */
export function confirmAccount(deps: Deps) {
  return (actor: Actor, input: { accountId: string }, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'confirmAccount', key: idempotencyKey, input }, async () => {
        if (!(await isCounty(tx, deps, actor))) fail('FORBIDDEN', { wanted: 'ADMIN' })
        const account = await requireAccount(deps, tx, actor, input.accountId)
        if (account.confirmedAt !== null) return account.id
        await accountStore.confirm(tx, account.id, deps.now()).catch(error => {
          if (isTaken(error)) return fail('ACCOUNT_TAKEN')
          throw error
        })
        await recordAudit({ tx, actor }, [
          { orgId: account.orgId, action: 'account.confirmed', subjectType: 'Account', subjectId: account.id },
        ])
        await publish({ tx, actor }, [linked(account)])
        return account.id
      }),
    )
}

/**
 * Lets a login go: its offices end at once, and it may be claimed anew. A claim by whoever administers the organisation
 * that made it, a confirmed account by the county.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT without a reason
 */
export function releaseAccount(deps: Deps) {
  return (actor: Actor, input: { accountId: string; reason: string }, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'releaseAccount', key: idempotencyKey, input }, async () => {
        const reason = requireReason(input.reason)
        const account = await requireAccount(deps, tx, actor, input.accountId)
        if (account.confirmedAt !== null && !(await isCounty(tx, deps, actor))) fail('FORBIDDEN', { wanted: 'ADMIN' })
        const now = deps.now()
        const today = shanghaiDay(now)
        for (const office of await officeStore.lockOpenOf(tx, actor.countyId, account.id, today)) {
          const endsOn = office.startsOn > today ? office.startsOn : today
          const ended = await officeStore.end(tx, office.id, { endsOn, reason, endedBy: actor.accountId })
          await publish({ tx, actor }, [told('org.office.ended.v1', ended)])
        }
        await accountStore.release(tx, account.id, now, reason)
        await recordAudit({ tx, actor }, [
          { orgId: account.orgId, action: 'account.released', subjectType: 'Account', subjectId: account.id },
        ])
        await publish({ tx, actor }, [linked({ ...account, releasedAt: now })])
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
async function mayAppoint(deps: Deps, tx: Tx, actor: Actor, { id, orgId, releasedAt }: Account): Promise<boolean> {
  if (releasedAt !== null) return false
  if (id === actor.accountId) return true
  return orgId === null ? seesWholeCounty(actor) : (await deps.supervision.seen(tx, actor, [orgId])).has(orgId)
}

/** @throws DomainError NOT_FOUND, FORBIDDEN, OFFICE_START_REFUSED, ROLE_NOT_FOR_ACCOUNT, OFFICE_HELD_ALREADY, OFFICE_ENDS_BEFORE_START */
export function appointOffice(deps: Deps) {
  return (actor: Actor, input: AppointOffice, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'appointOffice', key: idempotencyKey, input }, async () => {
        await requireAdmin(deps, tx, actor, input.orgId)
        const [account] = await accountStore.byIds(tx, actor.countyId, [input.accountId])
        if (!account || !(await mayAppoint(deps, tx, actor, account)))
          return fail('NOT_FOUND', { what: `Account:${input.accountId}` })
        if (!fits(account.kind, input.role)) fail('ROLE_NOT_FOR_ACCOUNT', { kind: account.kind, role: input.role })
        const today = shanghaiDay(deps.now())
        const startsOn = input.startsOn ?? today
        const [organisation] = await organisationStore.byIds(tx, actor.countyId, [input.orgId])
        const { from, until } = startRange(organisation?.establishedOn ?? null, today)
        if (startsOn < from || startsOn > until) fail('OFFICE_START_REFUSED', { found: startsOn, from, until })
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
        const action = isSelfAppointed(office) ? 'office.appointed-to-oneself' : 'office.appointed'
        await recordAudit({ tx, actor }, [{ orgId: input.orgId, action, subjectType: 'Office', subjectId: office.id }])
        await publish({ tx, actor }, [told('org.office.appointed.v1', office)])
        return office.id
      }),
    )
}

/** @throws DomainError NOT_FOUND, FORBIDDEN, OFFICE_ENDED_ALREADY, OFFICE_ENDS_BEFORE_START, OFFICE_END_PROLONGS, BAD_INPUT without a reason */
export function endOffice(deps: Deps) {
  return (
    actor: Actor,
    input: { officeId: string; endsOn: string | null; reason: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'endOffice', key: idempotencyKey, input }, async () => {
        const reason = requireReason(input.reason)
        const office = await officeStore.lock(tx, actor.countyId, input.officeId)
        if (!office?.orgId) return fail('NOT_FOUND', { what: `Office:${input.officeId}` })
        await requireAdmin(deps, tx, actor, office.orgId)
        const today = shanghaiDay(deps.now())
        if (office.endsOn !== null && office.endsOn <= today) fail('OFFICE_ENDED_ALREADY', { endsOn: office.endsOn })
        const endsOn = input.endsOn ?? today
        if (endsOn < office.startsOn) fail('OFFICE_ENDS_BEFORE_START', { startsOn: office.startsOn, endsOn })
        if (office.endsOn !== null && endsOn > office.endsOn)
          fail('OFFICE_END_PROLONGS', { found: endsOn, endsOn: office.endsOn })
        const ended = await officeStore.end(tx, office.id, { endsOn, reason, endedBy: actor.accountId })
        await recordAudit({ tx, actor }, [
          { orgId: office.orgId, action: 'office.ended', subjectType: 'Office', subjectId: office.id },
        ])
        await publish({ tx, actor }, [told('org.office.ended.v1', ended)])
        return office.id
      }),
    )
}
