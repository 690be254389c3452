import { auditRoom, auditTrailOf } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { room } from '../../work.ts'

const trail = auditRoom('org')
const beginning: Resolvers = { Query: { auditTrail: (_, __, { actor }) => auditTrailOf(actor) } }

/** Where the audit trail of all services begins, and org's part of it. */
export const audit = room({ resolvers: { ...trail.resolvers, ...beginning } })
