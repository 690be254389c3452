import type { AsService, RawTx } from '@linghang/access'
import { anyOf, sqlOf } from '@linghang/database'
import { type KeyRing, unwrapKey, type WrappedKey, wrapKey } from './key-ring.ts'

type Which = { countyId?: string | null; together?: number }

const togetherUnlessTold = 100
const firstId = '00000000-0000-0000-0000-000000000000'

/** Keys of counties in the order of their ids, a set at a time. */
async function eachSet<Tx extends RawTx>(
  asService: AsService<Tx>,
  { countyId = null, together = togetherUnlessTold }: Which,
  notBy: string | null,
  take: (tx: Tx, rows: WrappedKey[]) => Promise<void>,
): Promise<void> {
  let through = firstId
  for (;;) {
    const taken = await asService(async tx => {
      const rows = await sqlOf(tx)
        .selectFrom('countyKey')
        .select(['countyId', 'masterKeyId', 'wrapped'])
        .where('countyId', '>', through)
        .$if(countyId !== null, kept => kept.where('countyId', '=', countyId ?? ''))
        // Held until the set is written: a second run meanwhile waits, and finds that nothing is left to do.
        .$if(notBy !== null, kept => kept.where('masterKeyId', '<>', notBy ?? '').forUpdate())
        .orderBy('countyId')
        .limit(together)
        .execute()
      await take(tx, rows)
      return rows
    })
    if (taken.length < together) return
    through = taken.at(-1)?.countyId ?? through
  }
}

/** A key opened by the ring, or null where the ring does not open it. */
function opened(ring: KeyRing, row: WrappedKey): Buffer | null {
  try {
    return unwrapKey(ring, row)
  } catch {
    return null
  }
}

/**
 * Wraps with the current master key each county's key that another one wraps. Each set is a transaction of its own, so
 * that a run which was killed has lost nothing and is simply run again. What is sealed with a county's key stays as it
 * is: services that have opened it already notice nothing.
 * @returns how many were wrapped anew, and the counties whose key the ring does not open: those stay as they were
 */
export async function rewrapCountyKeys<Tx extends RawTx>(
  asService: AsService<Tx>,
  ring: KeyRing,
  which: Which = {},
): Promise<{ rewrapped: number; unopened: string[] }> {
  let rewrapped = 0
  const unopened: string[] = []
  await eachSet(asService, which, ring.current, async (tx, rows) => {
    for (const row of rows) {
      const key = opened(ring, row)
      if (key === null) {
        unopened.push(row.countyId)
        continue
      }
      const { masterKeyId, wrapped } = wrapKey(ring, row.countyId, key)
      await sqlOf(tx)
        .updateTable('countyKey')
        .set({ masterKeyId, wrapped })
        .where('countyId', '=', row.countyId)
        .execute()
    }
    const written = rows.map(({ countyId }) => countyId).filter(id => !unopened.includes(id))
    // Read back before it counts: after the commit there is no other copy of a county's key.
    for (const row of await readKeys(tx, written)) unwrapKey(ring, row)
    rewrapped += written.length
  })
  return { rewrapped, unopened }
}

const readKeys = (tx: RawTx, countyIds: readonly string[]): Promise<WrappedKey[]> =>
  sqlOf(tx)
    .selectFrom('countyKey')
    .select(['countyId', 'masterKeyId', 'wrapped'])
    .where('countyId', '=', anyOf(countyIds))
    .execute()

/**
 * Opens each county's key with the ring.
 * @returns how many counties each master key wraps, and the counties whose key the ring does not open
 */
export async function checkCountyKeys<Tx extends RawTx>(
  asService: AsService<Tx>,
  ring: KeyRing,
  which: Which = {},
): Promise<{ wrappedBy: Map<string, number>; unopened: string[] }> {
  const wrappedBy = new Map<string, number>()
  const unopened: string[] = []
  await eachSet(asService, which, null, async (_, rows) => {
    for (const row of rows) {
      wrappedBy.set(row.masterKeyId, (wrappedBy.get(row.masterKeyId) ?? 0) + 1)
      if (opened(ring, row) === null) unopened.push(row.countyId)
    }
  })
  return { wrappedBy, unopened }
}
