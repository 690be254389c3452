import { auditRoom, auditTrailOf } from '@linghang/subgraph'
import { type Context, room } from '../work.ts'

const trail = auditRoom('org')

/** Where the audit trail of all services begins, and org's part of it. */
export const audit = room({
  resolvers: {
    ...trail.resolvers,
    Query: { auditTrail: (_: unknown, __: unknown, context: Context) => auditTrailOf(context.actor) },
  },
})
