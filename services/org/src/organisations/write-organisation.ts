import { type Actor, type AuditedChange, once, recordAudit } from '@linghang/access'
import { type NewEvent, tell } from '@linghang/events'
import { v7 as uuidv7 } from 'uuid'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { hashOf, isBranch, type Organisation, type OrganisationRecord } from './organisation.ts'
import { isTaken, organisationStore } from './store.ts'

/** The event's data: the organisation as it stands after the change. */
export const stateOf = (organisation: Organisation) => ({
  id: organisation.id,
  code: organisation.code,
  name: organisation.name,
  kind: organisation.kind,
  superiorId: organisation.superiorId,
  term: organisation.term,
  version: organisation.version,
})

const audited = (action: string, before: Organisation | null, after: Organisation): AuditedChange => ({
  orgId: after.id,
  action,
  subjectType: 'Organisation',
  subjectId: after.id,
  beforeHash: before && hashOf(before),
  afterHash: hashOf(after),
})

const told = (
  type: NewEvent<
    'org.organisation.changed.v1' | 'org.organisation.registered.v1' | 'org.organisation.moved.v1'
  >['type'],
  after: Organisation,
): NewEvent => ({
  type,
  orgId: after.id,
  subject: after.id,
  data: stateOf(after),
})

function requireTerm(record: OrganisationRecord): void {
  if (record.term && record.term.end < record.term.start)
    fail('TERM_ENDS_BEFORE_START', { start: record.term.start, end: record.term.end })
}

async function requireSuperior(deps: Deps, tx: Tx, actor: Actor, superiorId: string): Promise<Organisation> {
  const kept = await deps.supervision.kept(tx, actor, [superiorId])
  const [superior] = await organisationStore.byIds(tx, actor.countyId, kept.has(superiorId) ? [superiorId] : [])
  if (!superior) return fail('NOT_FOUND', { what: `Organisation ${superiorId}` })
  if (isBranch(superior.kind)) fail('SUPERIOR_IS_BRANCH', { superior: superior.code })
  return superior
}

async function requireKept(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Organisation> {
  const kept = await deps.supervision.kept(tx, actor, [id])
  const organisation = kept.has(id) ? await organisationStore.lock(tx, actor.countyId, id) : null
  return organisation ?? fail('NOT_FOUND', { what: `Organisation ${id}` })
}

export type RegisterOrganisation = Pick<OrganisationRecord, 'code' | 'name' | 'kind' | 'establishedOn' | 'term'> & {
  superiorId: string
}

/**
 * Registers an organisation under one that the actor keeps.
 * @throws DomainError NOT_FOUND, SUPERIOR_IS_BRANCH, ORGANISATION_CODE_TAKEN, TERM_ENDS_BEFORE_START
 */
export function registerOrganisation(deps: Deps) {
  return (actor: Actor, input: RegisterOrganisation, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'registerOrganisation', key: idempotencyKey, input }, async () => {
        await requireSuperior(deps, tx, actor, input.superiorId)
        const record: OrganisationRecord = {
          regionCode: null,
          unitKind: null,
          secretaryName: null,
          phone: null,
          ...input,
        }
        requireTerm(record)
        const organisation = await organisationStore.insert(tx, actor.countyId, uuidv7(), record).catch(error => {
          if (isTaken(error)) return fail('ORGANISATION_CODE_TAKEN', { code: input.code })
          throw error
        })
        await recordAudit(tx, actor, [audited('organisation.registered', null, organisation)])
        await tell(tx, actor, [told('org.organisation.registered.v1', organisation)])
        return organisation.id
      }),
    )
}

export type ChangeOrganisation = Partial<
  Pick<OrganisationRecord, 'name' | 'kind' | 'establishedOn' | 'term' | 'secretaryName' | 'phone'>
>

/** @throws DomainError NOT_FOUND, CONFLICT, TERM_ENDS_BEFORE_START */
export function changeOrganisation(deps: Deps) {
  return (
    actor: Actor,
    id: string,
    change: ChangeOrganisation,
    expectedVersion: number | null,
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once(
        tx,
        actor,
        { operation: 'changeOrganisation', key: idempotencyKey, input: { id, change, expectedVersion } },
        async () => {
          const before = await requireKept(deps, tx, actor, id)
          if (expectedVersion !== null && expectedVersion !== before.version) fail('CONFLICT', { what: before.code })
          const record: OrganisationRecord = { ...before, ...change }
          requireTerm(record)
          if (hashOf(record).equals(hashOf(before))) return id
          const after = await organisationStore.update(tx, actor.countyId, before, record)
          await recordAudit(tx, actor, [audited('organisation.changed', before, after)])
          await tell(tx, actor, [told('org.organisation.changed.v1', after)])
          return id
        },
      ),
    )
}

/** Nobody takes an organisation away from a superior that they do not keep themselves. */
async function requireSuperiorLeft(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { code, superiorId }: Organisation,
): Promise<void> {
  if (superiorId === null || !(await deps.supervision.kept(tx, actor, [superiorId])).has(superiorId))
    fail('FORBIDDEN', { wanted: `ADMIN, SECRETARY (above ${code})` })
}

/**
 * Puts an organisation with all below it under another superior; who sees what follows everywhere from the event.
 * @throws DomainError NOT_FOUND, FORBIDDEN, SUPERIOR_IS_BRANCH, MOVE_MAKES_CYCLE
 */
export function moveOrganisation(deps: Deps) {
  return (actor: Actor, id: string, superiorId: string, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'moveOrganisation', key: idempotencyKey, input: { id, superiorId } }, async () => {
        await organisationStore.lockMoves(tx, actor.countyId)
        const before = await requireKept(deps, tx, actor, id)
        await requireSuperiorLeft(deps, tx, actor, before)
        await requireSuperior(deps, tx, actor, superiorId)
        if (await organisationStore.isAtOrBelow(tx, superiorId, id)) fail('MOVE_MAKES_CYCLE', { id, superiorId })
        if (before.superiorId === superiorId) return id
        const after = await organisationStore.update(tx, actor.countyId, before, { ...before, superiorId })
        await recordAudit(tx, actor, [audited('organisation.moved', before, after)])
        await tell(tx, actor, [told('org.organisation.moved.v1', after)])
        return id
      }),
    )
}
