import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { type RawTx, systemActor, type Transact } from '@linghang/access'
import { sqlOf } from '@linghang/database'
import { LRUCache } from 'lru-cache'

export { inParts } from './in-parts.ts'

export type KeyRing = { current: string; keys: Record<string, string> }

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

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

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
  const ofCounty = (countyId: string): Promise<CountySeal> => {
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
  const masterOf = (id: string): Buffer => {
    const key = ring.keys[id]
    if (!key) throw new Error(`the master key ${id} that wraps a county's key is not in the ring`)
    return Buffer.from(key, 'base64')
  }
  // Two processes may meet a new county at the same moment: the first insert counts, both read it back.
  const wrapped = sealWith(masterOf(ring.current), randomBytes(32), `county/${countyId}`)
  await sqlOf(tx)
    .insertInto('countyKey')
    .values({ countyId, masterKeyId: ring.current, wrapped })
    .onConflict(met => met.doNothing())
    .execute()
  const row = await sqlOf(tx)
    .selectFrom('countyKey')
    .select(['masterKeyId', 'wrapped'])
    .where('countyId', '=', countyId)
    .executeTakeFirst()
  if (!row) throw new Error('the county key is not readable')
  return openWith(masterOf(row.masterKeyId), row.wrapped, `county/${countyId}`)
}

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

function sealWith(key: Buffer | KeyObject, plain: Uint8Array | string, purpose: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const sealer = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([
    typeof plain === 'string' ? sealer.update(plain, 'utf8') : sealer.update(plain),
    sealer.final(),
  ])
  return Buffer.concat([nonce, sealer.getAuthTag(), body])
}

function openWith(key: Buffer | KeyObject, sealed: Uint8Array, purpose: string): Buffer {
  const bytes = Buffer.from(sealed)
  const opener = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([opener.update(bytes.subarray(nonceBytes + tagBytes)), opener.final()])
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
