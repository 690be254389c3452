import type { Work } from '../../work.ts'
import { type AboutMembers, recordStore, type Seen } from './store.ts'

/** Of rows about members those that the actor sees: at organisations of theirs, and their own. Row-level security asks again. */
export async function seenOf<Row extends { orgId: string; memberId: string }>(
  { actor, supervision }: Work,
  rows: readonly Row[],
): Promise<Row[]> {
  const seen = await supervision.seen([...new Set(rows.map(({ orgId }) => orgId))])
  return rows.filter(({ orgId, memberId }) => seen.has(orgId) || memberId === actor.memberId)
}

/**
 * The same for lists that are read a page at a time: a page from which rows were taken afterwards would be a short one, and
 * their number would be told all the same.
 */
export async function seenPlaces(
  { tx, actor, supervision }: Work,
  table: AboutMembers,
  memberIds: readonly string[],
): Promise<Seen> {
  const places = await recordStore.placesIn(tx, table, actor.countyId, memberIds)
  return { orgIds: [...(await supervision.seen(places))], own: actor.memberId }
}
