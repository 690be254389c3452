import { openWith, sealWith } from './sealed-bytes.ts'

/** Master keys by id, 32 bytes in base64; the current one wraps what comes. */
export type KeyRing = { current: string; keys: Record<string, string> }

/** A county's key as it lies in the database. */
export type WrappedKey = { countyId: string; masterKeyId: string; wrapped: Uint8Array }

function masterOf(ring: KeyRing, id: string): Buffer {
  const key = ring.keys[id]
  if (!key) throw new Error(`the master key ${id} that wraps a county's key is not in the ring`)
  return Buffer.from(key, 'base64')
}

const purposeOf = (countyId: string): string => `county/${countyId}`

export const wrapKey = (ring: KeyRing, countyId: string, key: Uint8Array) => ({
  ...{ countyId, masterKeyId: ring.current },
  wrapped: sealWith(masterOf(ring, ring.current), key, purposeOf(countyId)),
})

/** @throws Error when the master key is not in the ring, or is not the one that has wrapped it */
export const unwrapKey = (ring: KeyRing, { countyId, masterKeyId, wrapped }: WrappedKey): Buffer =>
  openWith(masterOf(ring, masterKeyId), wrapped, purposeOf(countyId))
