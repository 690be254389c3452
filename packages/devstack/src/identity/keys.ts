import { randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { readJson, writeJson } from '../files.ts'

/** What signs tokens and cookies. */
export interface IdentityKeys {
  jwks: { keys: JWK[] }
  cookieKeys: string[]
}

const isKeys = (value: unknown): value is IdentityKeys =>
  typeof value === 'object' && value !== null && 'jwks' in value && 'cookieKeys' in value

/** Reads the provider's keys, made on first use, so that tokens stay valid over a restart. */
export const loadKeys = async (path: string): Promise<IdentityKeys> => {
  const known = await readJson(path)
  if (isKeys(known)) return known
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const keys: IdentityKeys = {
    jwks: { keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' }] },
    cookieKeys: [randomBytes(32).toString('base64url')],
  }
  await writeJson(path, keys)
  return keys
}
