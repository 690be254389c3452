export type { AuditEntry } from '@linghang/access'
export type AuditTrail = { id: string }
