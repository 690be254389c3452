export type { AuditTrail } from '@linghang/subgraph'
