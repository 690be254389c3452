import { createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { noCounty, type RawTx, systemActor, type Transact } from '@linghang/access'
import { sqlOf } from '@linghang/database'
import { LRUCache } from 'lru-cache'
import { type KeyRing, unwrapKey, wrapKey } from './key-ring.ts'
import { openWith, sealWith } from './sealed-bytes.ts'

export { inParts } from './in-parts.ts'
export { type KeyRing, unwrapKey, wrapKey } from './key-ring.ts'
export * from './rewrap.ts'

/** One county's keys: what is sealed with one county's cannot be opened with another's. */
export type CountySeal = {
  /** AES-256-GCM; `purpose` is bound in, so that a phone number cannot stand where an ID number should. */
  seal(plain: Uint8Array | string, purpose: string): Buffer
  /** @throws Error when it was sealed by another county, for another purpose, or has been altered */
  open(sealed: Uint8Array, purpose: string): Buffer
  /** Keyed hash for exact search; the same text gives the same bytes within a county and others elsewhere. */
  fingerprint(text: string, purpose: string): Buffer
}

export type Sealing = {
  /** Opens a county's keys in a transaction of its own, so never within another: with every connection held by one that waits for a second, all would wait. */
  ofCounty(countyId: string): Promise<CountySeal>
  /** Opens them before a transaction begins. What cannot be opened refuses whoever asks for it, and nobody else. */
  opened(countyId: string): Promise<() => CountySeal>
}

/**
 * Opens counties' keys, making one for a county that has none, and remembers at most `rememberAtMost` of them.
 * @param ring master keys by id, or what says the present ones; a key that still wraps a county's key must stay in it
 */
export function createSealing<Tx extends RawTx>(
  transact: Transact<Tx>,
  ring: KeyRing | (() => KeyRing),
  rememberAtMost = 1_000,
): Sealing {
  const present = typeof ring === 'function' ? ring : () => ring
  const remembered = new LRUCache<string, Promise<CountySeal>>({ max: rememberAtMost })
  const ofCounty = async (countyId: string): Promise<CountySeal> => {
    // Whoever is of no county opens nothing; a key made for them would lie there for ever.
    if (countyId === noCounty) throw new Error('nobody has keys of no county')
    const known = remembered.get(countyId)
    if (known) return known
    const seal = transact(systemActor(countyId), tx => countyKey(tx, countyId, present())).then(createCountySeal)
    remembered.set(countyId, seal)
    seal.catch(() => remembered.delete(countyId))
    return seal
  }
  return {
    ofCounty,
    opened: countyId =>
      ofCounty(countyId).then(
        seal => () => seal,
        fault => () => {
          throw fault
        },
      ),
  }
}

async function countyKey(tx: RawTx, countyId: string, ring: KeyRing): Promise<Buffer> {
  const known = await readKey(tx, countyId)
  if (known) return unwrapKey(ring, known)
  // Two processes may meet a new county at the same moment: the first insert counts, both read it back.
  const { masterKeyId, wrapped } = wrapKey(ring, countyId, randomBytes(32))
  await sqlOf(tx)
    .insertInto('countyKey')
    .values({ countyId, masterKeyId, wrapped })
    .onConflict(met => met.doNothing())
    .execute()
  const row = await readKey(tx, countyId)
  if (!row) throw new Error('the county key is not readable')
  return unwrapKey(ring, row)
}

const readKey = (tx: RawTx, countyId: string) =>
  sqlOf(tx)
    .selectFrom('countyKey')
    .select(['countyId', 'masterKeyId', 'wrapped'])
    .where('countyId', '=', countyId)
    .executeTakeFirst()

function createCountySeal(key: Buffer): CountySeal {
  // Key objects, since a key given as bytes is made into one at every call: a third of an import's time.
  const derive = (use: string) => createSecretKey(Buffer.from(hkdfSync('sha256', key, '', use, 32)))
  const sealKey = derive('seal')
  const fingerprintKey = derive('fingerprint')
  return {
    seal: (plain, purpose) => sealWith(sealKey, plain, purpose),
    open: (sealed, purpose) => openWith(sealKey, sealed, purpose),
    fingerprint: (text, purpose) =>
      createHmac('sha256', fingerprintKey).update(purpose).update('\0').update(text).digest(),
  }
}

/** Signs texts, so that what comes back with its signature was given out by us. */
export type Signer = {
  /** In base64url. */
  sign(text: string): string
  isSigned(text: string, signature: string): boolean
}

/** @param secret at least 32 characters; what is signed for one purpose is not signed for another */
export function createSigner(secret: string, purpose: string): Signer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
  const signatureOf = (text: string): Buffer => createHmac('sha256', key).update(text).digest()
  return {
    sign: text => signatureOf(text).toString('base64url'),
    isSigned(text, signature) {
      const [found, wanted] = [Buffer.from(signature, 'base64url'), signatureOf(text)]
      return found.length === wanted.length && timingSafeEqual(found, wanted)
    },
  }
}
