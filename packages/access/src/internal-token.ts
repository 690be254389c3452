import { createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from 'jose'
import type { Actor } from './actor.ts'

const issuer = 'linghang-gateway'
const audience = 'linghang-subgraph'
const lifeSeconds = 60

/** Raised when a request to a subgraph does not carry a token of the gateway. */
export class InternalTokenRefused extends Error {
  override name = 'InternalTokenRefused'
}

/**
 * Signs what the gateway has found out about a caller, for the subgraphs behind it (EdDSA, one minute).
 * @param privateJwk an Ed25519 private key with a `kid`
 */
export async function createInternalTokenSigner(privateJwk: JWK) {
  const key = await importJWK(privateJwk, 'EdDSA')
  return (actor: Actor): Promise<string> =>
    new SignJWT({ actor })
      .setProtectedHeader({ alg: 'EdDSA', kid: privateJwk.kid ?? '' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifeSeconds}s`)
      .sign(key)
}

/**
 * Verifies internal tokens against the gateway's public keys. A token that was verified a moment ago is not verified
 * again (at most `rememberAtMost` are remembered, each until it expires).
 * @throws InternalTokenRefused
 */
export function createInternalTokenVerifier(jwks: JSONWebKeySet, rememberAtMost = 5_000) {
  const keys = createLocalJWKSet(jwks)
  const known = new Map<string, { actor: Actor; expiresAtMs: number }>()
  return async (token: string | undefined, nowMs: number): Promise<Actor> => {
    if (!token) throw new InternalTokenRefused('no internal token')
    const remembered = known.get(token)
    if (remembered && remembered.expiresAtMs > nowMs) return remembered.actor
    known.delete(token)
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['EdDSA'],
        currentDate: new Date(nowMs),
      })
      const actor = payload.actor as Actor
      if (known.size >= rememberAtMost) known.delete(known.keys().next().value as string)
      known.set(token, { actor, expiresAtMs: (payload.exp ?? 0) * 1000 })
      return actor
    } catch {
      throw new InternalTokenRefused('the internal token is not of this gateway or has expired')
    }
  }
}
