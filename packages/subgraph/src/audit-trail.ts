import { type Actor, type AuditEntry, type AuditFilter, auditTrail, mayAudit, type Work } from '@linghang/access'
import { defineErrors } from './errors.ts'
import { optionalId, parseId, ref, toId } from './ids.ts'
import { connection, type PageArgs, walkOf } from './paging.ts'
import type { RequestContext } from './request-context.ts'
import type { Room } from './room.ts'

const { fail } = defineErrors({})
const actionsAtMost = 50

type FilterInput = {
  organisationId?: string | null
  below?: boolean | null
  accountId?: string | null
  subjectId?: string | null
  actions?: string[] | null
  from?: string | null
  to?: string | null
}
type TrailArgs = PageArgs & { filter?: FilterInput | null }
type TrailContext = RequestContext<Work>
export type AuditTrail = { id: string }

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

function filterOf(input: FilterInput | null | undefined): AuditFilter {
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
  const list = (args: TrailArgs, context: TrailContext) => {
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
  const resolvers = {
    AuditTrail: {
      __resolveReference: ({ id }: { id: string }, { actor }: TrailContext) =>
        mayAudit(actor) && id === idOfTrail(actor) ? { id } : null,
      [service]: (_: object, args: TrailArgs, context: TrailContext) => list(args, context),
    },
    AuditEntry: {
      id: ({ id }: AuditEntry) => toId('AuditEntry', id),
      organisationId: ({ orgId }: AuditEntry) => orgId && toId('Organisation', orgId),
      organisation: ({ orgId }: AuditEntry) => ref('Organisation', orgId),
      accountId: ({ accountId }: AuditEntry) => accountId && toId('Account', accountId),
      account: ({ accountId }: AuditEntry) => ref('Account', accountId),
      subjectId: ({ subjectType, subjectId }: AuditEntry) => `${subjectType}:${subjectId}`,
    },
  }
  return { resolvers }
}

/** Where the trail begins: null for whoever may read none of it. */
export const auditTrailOf = (actor: Actor): AuditTrail | null => (mayAudit(actor) ? { id: idOfTrail(actor) } : null)
