import { type Actor, type AuditFilter, auditTrail, mayAudit, type Work } from '@linghang/access'
import { defineErrors } from './errors.ts'
import type { AuditEntryResolvers, AuditTrailEntriesArgs, AuditTrailResolvers } from './generated/schema-types.ts'
import { optionalId, parseId, ref, toId } from './ids.ts'
import type { AuditTrail } from './models.ts'
import { connection, walkOf } from './paging.ts'
import type { Room } from './room.ts'

const { fail } = defineErrors({})
const actionsAtMost = 50

function subjectOf(id: string | null | undefined): AuditFilter['subject'] {
  if (id == null) return null
  const parsed = parseId(id)
  if (parsed) return { type: parsed.type, id: parsed.uuid }
  return fail('BAD_INPUT', {
    field: 'subjectId',
    found: id.slice(0, 80),
    wanted: 'an id of this API',
    wantedZh: '本接口给出的 id',
  })
}

function filterOf(input: AuditTrailEntriesArgs['filter']): AuditFilter {
  const actions = input?.actions ?? null
  if (actions && actions.length > actionsAtMost)
    fail('BAD_INPUT', {
      ...{ field: 'actions', found: actions.length },
      ...{ wanted: `at most ${actionsAtMost}`, wantedZh: `最多 ${actionsAtMost} 个` },
    })
  return {
    orgId: optionalId('Organisation', input?.organisationId, 'organisationId'),
    below: input?.below ?? true,
    accountId: optionalId('Account', input?.accountId, 'accountId'),
    subject: subjectOf(input?.subjectId),
    actions,
    from: input?.from ?? null,
    to: input?.to ?? null,
  }
}

const idOfTrail = (actor: Actor) => `AuditTrail:${actor.countyId}`

/**
 * A service's part of the audit trail, under the service's own name: who did and looked at what, for the offices that
 * oversee it (ADMIN, DISCIPLINE_INSPECTOR, AUDITOR) and for nobody else. Each service keeps its own audit.
 */
export function auditRoom(service: string): Room<Work> {
  const entries: AuditTrailResolvers['entries'] = (_, args, context) => {
    const { actor, perform } = context
    if (!mayAudit(actor)) fail('FORBIDDEN', { wanted: 'ADMIN, DISCIPLINE_INSPECTOR, AUDITOR' })
    const filter = filterOf(args.filter)
    return connection(context, args, {
      of: ['AuditTrail', service, filter],
      read: stretch =>
        perform(async ({ tx, supervision }) => {
          const { orgId } = filter
          if (orgId !== null && !(await supervision.seen([orgId])).has(orgId))
            fail('NOT_FOUND', { what: toId('Organisation', orgId) })
          const from = stretch.from?.[0] ?? null
          return auditTrail.list(tx, actor, filter, { from, ...walkOf(stretch, true), limit: stretch.size + 1 })
        }),
      count: () => perform(({ tx }) => auditTrail.count(tx, actor, filter)),
      place: ({ id }) => [id],
    })
  }
  const trail: AuditTrailResolvers = {
    __resolveReference: ({ id }, { actor }) => (mayAudit(actor) && id === idOfTrail(actor) ? { id } : null),
  }
  const entry: AuditEntryResolvers = {
    id: ({ id }) => toId('AuditEntry', id),
    organisationId: ({ orgId }) => orgId && toId('Organisation', orgId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    accountId: ({ accountId }) => accountId && toId('Account', accountId),
    account: ({ accountId }) => ref('Account', accountId),
    subjectId: ({ subjectType, subjectId }) => `${subjectType}:${subjectId}`,
  }
  return { resolvers: { AuditTrail: { ...trail, [service]: entries }, AuditEntry: entry } }
}

/** Where the trail begins: null for whoever may read none of it. */
export const auditTrailOf = (actor: Actor): AuditTrail | null => (mayAudit(actor) ? { id: idOfTrail(actor) } : null)
