import { sqlOf } from '@linghang/database'
import { sql } from 'kysely'
import {
  type Actor,
  bookGrants,
  bookReadGrants,
  type Role,
  readGrants,
  seesWholeCounty,
  writeGrants,
  writesWholeCounty,
} from './actor.ts'
import type { RawTx } from './transact.ts'

/**
 * The one rule of the field, as the use cases ask it: the superior sees the inferior, never the reverse (S3-2).
 * Row-level security asks it again in the database; either alone must hold.
 */
export type Supervision = {
  /** Those of `orgIds` that the actor sees through an office there or above. One statement, whatever their number. */
  seen(tx: RawTx, actor: Actor, orgIds: readonly string[]): Promise<Set<string>>
  /** Those of `orgIds` whose register the actor keeps. */
  kept(tx: RawTx, actor: Actor, orgIds: readonly string[]): Promise<Set<string>>
  /** Those of `orgIds` whose books of dues the actor sees: whoever sees the organisation, its accountant and its cashier. */
  seenBooks(tx: RawTx, actor: Actor, orgIds: readonly string[]): Promise<Set<string>>
  /** Those of `orgIds` whose books of dues the actor keeps: whoever keeps the register, the accountant and the cashier. */
  keptBooks(tx: RawTx, actor: Actor, orgIds: readonly string[]): Promise<Set<string>>
  /** Those of `orgIds` at which, or above which, the actor holds this office. */
  heldAs(tx: RawTx, actor: Actor, role: Role, orgIds: readonly string[]): Promise<Set<string>>
}

async function below(tx: RawTx, countyId: string, granted: string[], orgIds: readonly string[], whole: boolean) {
  if (orgIds.length === 0 || (!whole && granted.length === 0)) return new Set<string>()
  const asked = whole
    ? sql<{ id: string }>`select id from org_node where county_id = ${countyId}::uuid and id = any (${orgIds}::uuid[])`
    : sql<{ id: string }>`select distinct n.id from org_node n join org_node g on n.path <@ g.path
        where g.county_id = ${countyId}::uuid and g.id = any (${granted}::uuid[]) and n.id = any (${orgIds}::uuid[])`
  const { rows } = await asked.execute(sqlOf(tx))
  return new Set(rows.map(row => row.id))
}

export const supervision: Supervision = {
  seen: (tx, actor, orgIds) => below(tx, actor.countyId, readGrants(actor), orgIds, seesWholeCounty(actor)),
  kept: (tx, actor, orgIds) => below(tx, actor.countyId, writeGrants(actor), orgIds, writesWholeCounty(actor)),
  seenBooks: (tx, actor, orgIds) => below(tx, actor.countyId, bookReadGrants(actor), orgIds, seesWholeCounty(actor)),
  keptBooks: (tx, actor, orgIds) => below(tx, actor.countyId, bookGrants(actor), orgIds, writesWholeCounty(actor)),
  heldAs(tx, actor, role, orgIds) {
    const held = actor.grants.filter(grant => grant.role === role)
    const granted = held.flatMap(grant => grant.orgId ?? [])
    return below(
      tx,
      actor.countyId,
      granted,
      orgIds,
      actor.kind === 'SYSTEM' || held.some(grant => grant.orgId === null),
    )
  },
}
