import type { Work } from '../../work.ts'

/** Of rows about members those that the actor sees: at organisations of theirs, and their own. Row-level security asks again. */
export async function seenOf<Row extends { orgId: string; memberId: string }>(
  { actor, supervision }: Work,
  rows: readonly Row[],
): Promise<Row[]> {
  const seen = await supervision.seen([...new Set(rows.map(({ orgId }) => orgId))])
  return rows.filter(({ orgId, memberId }) => seen.has(orgId) || memberId === actor.memberId)
}
