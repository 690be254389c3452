import { type KeyRing, unwrapKey, wrapKey } from '@linghang/sealing'
import type pg from 'pg'

const readKey = async (client: pg.Client, countyId: string) =>
  (
    await client.query<{ countyId: string; masterKeyId: string; wrapped: Buffer }>(
      `select county_id as "countyId", master_key_id as "masterKeyId", wrapped from county_key where county_id = $1`,
      [countyId],
    )
  ).rows[0]

/** Whether a service’s database keeps keys of counties at all. */
const keepsKeys = async (client: pg.Client): Promise<boolean> =>
  (await client.query(`select to_regclass('public.county_key') is not null as keeps`)).rows[0].keeps

/**
 * Writes the county's key into the other database, wrapped by the other cell's current master key, and reads it back: what
 * the county has sealed opens there as it did here.
 * @throws Error when the ring of the first cell does not open it
 */
export async function moveKey(
  from: { client: pg.Client; ring: KeyRing },
  to: { client: pg.Client; ring: KeyRing },
  countyId: string,
): Promise<void> {
  if (!(await keepsKeys(from.client))) return
  const kept = await readKey(from.client, countyId)
  if (!kept) return
  const key = unwrapKey(from.ring, kept)
  const { masterKeyId, wrapped } = wrapKey(to.ring, countyId, key)
  await to.client.query('insert into county_key (county_id, master_key_id, wrapped) values ($1, $2, $3)', [
    ...[countyId, masterKeyId, wrapped],
  ])
  const arrived = await readKey(to.client, countyId)
  if (!arrived || !unwrapKey(to.ring, arrived).equals(key)) throw new Error('a county’s key did not arrive as it was')
}

export async function deleteKey(client: pg.Client, countyId: string): Promise<void> {
  if (await keepsKeys(client)) await client.query('delete from county_key where county_id = $1', [countyId])
}
