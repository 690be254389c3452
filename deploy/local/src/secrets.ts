import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readJson, writeJson } from '@linghang/devstack'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'

/** A ring of symmetric keys as services read it: `{"current":"k1","keys":{"k1":"<base64, 32 bytes>"}}`. */
interface KeyRing {
  current: string
  keys: Record<string, string>
}

/** The secrets of one state folder. */
export interface Secrets {
  /** Password of the role under which services log in. */
  loginPassword: string
  /** Signs the cursors of lists; the same for all services. */
  cursorKey: string
  /** Ed25519 key with which the gateway signs internal tokens. */
  internalTokenKey: JWK
  /** Master keys for personal data in the registers. */
  registerKeys: KeyRing
  /** Keys for what Temporal stores. */
  temporalPayloadKeys: KeyRing
}

const newRing = (): KeyRing => ({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } })

const newSigningKey = async (): Promise<JWK> => {
  const { privateKey } = await generateKeyPair('Ed25519', { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' }
}

const newSecrets = async (): Promise<Secrets> => ({
  loginPassword: randomBytes(24).toString('base64url'),
  cursorKey: randomBytes(32).toString('base64url'),
  internalTokenKey: await newSigningKey(),
  registerKeys: newRing(),
  temporalPayloadKeys: newRing(),
})

/**
 * Reads the secrets of a state folder (file mode 0600). What is missing is made and added; what is there never
 * changes, because data is sealed with it.
 */
export const loadSecrets = async (stateDir: string): Promise<Secrets> => {
  const path = join(stateDir, 'secrets.json')
  const known = await readJson(path)
  const fresh = await newSecrets()
  const secrets: Secrets = typeof known === 'object' && known !== null ? { ...fresh, ...known } : fresh
  await writeJson(path, secrets)
  return secrets
}

/** The public half of the signing key, for everybody who verifies. */
export const publicJwks = ({ internalTokenKey }: Secrets): { keys: JWK[] } => {
  const { d: _secret, ...key } = internalTokenKey
  return { keys: [key] }
}
