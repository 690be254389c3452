import { createHash } from 'node:crypto'
import { type Actor, type AuditedChange, once, recordAudit, shanghaiDay } from '@linghang/access'
import { type NewEvent, publish } from '@linghang/events'
import { canDecide, powerCitation } from '@linghang/rulebook'
import { charactersIn } from '@linghang/subgraph'
import { v7 as uuidv7 } from 'uuid'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { judgeRecord } from './judge-record.ts'
import { type ApprovalPower, hashOf, isBranch, type Organisation, type OrganisationRecord } from './organisation.ts'
import { isTaken, organisationStore } from './store.ts'

/** The event's data: the organisation as it stands after the change. */
export const stateOf = (organisation: Organisation) => ({
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
  const { start = null, end = '' } = record.term ?? {}
  if (start !== null && end < start) fail('TERM_ENDS_BEFORE_START', { start, end })
}

async function requireSuperior(deps: Deps, tx: Tx, actor: Actor, superiorId: string): Promise<Organisation> {
  const kept = await deps.supervision.kept(tx, actor, [superiorId])
  const [superior] = await organisationStore.byIds(tx, actor.countyId, kept.has(superiorId) ? [superiorId] : [])
  if (!superior) return fail('NOT_FOUND', { what: `Organisation:${superiorId}` })
  if (isBranch(superior.kind)) fail('SUPERIOR_IS_BRANCH', { superior: superior.code })
  return superior
}

async function requireKept(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Organisation> {
  const kept = await deps.supervision.kept(tx, actor, [id])
  const organisation = kept.has(id) ? await organisationStore.lock(tx, actor.countyId, id) : null
  return organisation ?? fail('NOT_FOUND', { what: `Organisation:${id}` })
}

export type RegisterOrganisation = Pick<OrganisationRecord, 'code' | 'name' | 'kind' | 'establishedOn' | 'term'> & {
  superiorId: string
}

/**
 * Registers an organisation under one that the actor keeps.
 * @throws DomainError NOT_FOUND, SUPERIOR_IS_BRANCH, ORGANISATION_CODE_TAKEN, TERM_ENDS_BEFORE_START, RECORD_REFUSED
 */
export function registerOrganisation(deps: Deps) {
  return (actor: Actor, input: RegisterOrganisation, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'registerOrganisation', key: idempotencyKey, input }, async () => {
        await requireSuperior(deps, tx, actor, input.superiorId)
        const record: OrganisationRecord = {
          regionCode: null,
          unitKind: null,
          secretaryName: null,
          phone: null,
          ...input,
        }
        requireTerm(record)
        const sound = { ...record, ...judgeRecord(record, shanghaiDay(deps.now())) }
        const organisation = await organisationStore.insert(tx, actor.countyId, uuidv7(), sound).catch(error => {
          if (isTaken(error)) return fail('ORGANISATION_CODE_TAKEN', { code: input.code })
          throw error
        })
        await recordAudit({ tx, actor }, [audited('organisation.registered', null, organisation)])
        await publish({ tx, actor }, [told('org.organisation.registered.v1', organisation)])
        return organisation.id
      }),
    )
}

/**
 * What has organisations below it is no branch, and what people belong to is one (党员教育管理工作条例, art. 25): looked at
 * where it is written, while nobody moves an organisation.
 */
async function requireKind(tx: Tx, actor: Actor, before: Organisation, after: OrganisationRecord): Promise<void> {
  if (isBranch(before.kind) === isBranch(after.kind)) return
  await organisationStore.lockMoves(tx, actor.countyId)
  if (isBranch(after.kind) && ((await organisationStore.countChildren(tx, [before.id])).get(before.id) ?? 0) > 0)
    fail('BRANCH_WITH_INFERIORS', { code: before.code })
  if (!isBranch(after.kind) && (await organisationStore.hasPeople(tx, before.id)))
    fail('COMMITTEE_WITH_PEOPLE', { code: before.code })
}

export type ChangeOrganisation = Partial<
  Pick<OrganisationRecord, 'name' | 'kind' | 'establishedOn' | 'term' | 'secretaryName' | 'phone'>
>

/** @throws DomainError NOT_FOUND, CONFLICT, TERM_ENDS_BEFORE_START, RECORD_REFUSED, BRANCH_WITH_INFERIORS, COMMITTEE_WITH_PEOPLE */
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
        { tx, actor },
        { operation: 'changeOrganisation', key: idempotencyKey, input: { id, change, expectedVersion } },
        async () => {
          const before = await requireKept(deps, tx, actor, id)
          if (expectedVersion !== null && expectedVersion !== before.version) fail('CONFLICT', { what: before.code })
          const said: OrganisationRecord = { ...before, ...change }
          requireTerm(said)
          const record = { ...said, ...judgeRecord(said, shanghaiDay(deps.now())), superiorId: before.superiorId }
          await requireKind(tx, actor, before, record)
          if (hashOf(record).equals(hashOf(before))) return id
          const after = await organisationStore.update(tx, actor.countyId, before, record)
          await recordAudit({ tx, actor }, [audited('organisation.changed', before, after)])
          await publish({ tx, actor }, [told('org.organisation.changed.v1', after)])
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
      once(
        { tx, actor },
        { operation: 'moveOrganisation', key: idempotencyKey, input: { id, superiorId } },
        async () => {
          await organisationStore.lockMoves(tx, actor.countyId)
          const before = await requireKept(deps, tx, actor, id)
          await requireSuperiorLeft(deps, tx, actor, before)
          await requireSuperior(deps, tx, actor, superiorId)
          if (await organisationStore.isAtOrBelow(tx, superiorId, id)) fail('MOVE_MAKES_CYCLE', { id, superiorId })
          if (before.superiorId === superiorId) return id
          const after = await organisationStore.update(tx, actor.countyId, before, { ...before, superiorId })
          await recordAudit({ tx, actor }, [audited('organisation.moved', before, after)])
          await publish({ tx, actor }, [told('org.organisation.moved.v1', after)])
          return id
        },
      ),
    )
}

const basisAtMost = 200
const hashOfPower = (power: ApprovalPower | null): Buffer | null =>
  power &&
  createHash('sha256')
    .update(JSON.stringify([power.approves, power.basis]))
    .digest()

/**
 * Records whether a committee may approve admissions, and on what that rests; null: by the rule again. It is for whoever
 * keeps its superior: nobody gives the power to themselves.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, POWER_NOT_FOR_KIND
 */
export function recordApprovalPower(deps: Deps) {
  return (actor: Actor, id: string, given: ApprovalPower | null, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once(
        { tx, actor },
        { operation: 'recordApprovalPower', key: idempotencyKey, input: { id, power: given } },
        async () => {
          const before = await requireKept(deps, tx, actor, id)
          await requireSuperiorLeft(deps, tx, actor, before)
          const power = given && { ...given, basis: given.basis.trim() }
          const found = power ? charactersIn(power.basis) : 1
          if (found < 1 || found > basisAtMost)
            fail('BAD_INPUT', {
              ...{ field: 'basis', found },
              wanted: `1 to ${basisAtMost} characters`,
              wantedZh: `1 到 ${basisAtMost} 个字`,
            })
          const { approves } = power ?? { approves: false }
          const { article, source } = powerCitation
          if (approves && !canDecide({ kind: before.kind, approves, superiorKind: null, superiorUnitKind: null }))
            fail('POWER_NOT_FOR_KIND', { found: before.kind, article, source })
          const after = await organisationStore.recordPower(tx, actor.countyId, before, power)
          const hashes = { beforeHash: hashOfPower(before.approvalPower), afterHash: hashOfPower(power) }
          await recordAudit({ tx, actor }, [{ ...audited('organisation.approval-power', before, after), ...hashes }])
          await publish({ tx, actor }, [told('org.organisation.changed.v1', after)])
          return id
        },
      ),
    )
}
