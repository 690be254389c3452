import { createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import { type Actor, noCounty } from './actor.ts'

const issuer = 'linghang-gateway'
const audience = 'linghang-subgraph'
const lifeSeconds = 60

/** Raised when a request to a subgraph does not carry a token of the gateway. */
export class InternalTokenRefused extends Error {
  override name = 'InternalTokenRefused'
}

/**
 * Signs what the gateway has found out about a caller, for the subgraphs behind it (EdDSA, one minute).
 * @param privateKey an Ed25519 private key with a `kid`, or what says the present one
 */
export async function createInternalTokenSigner(privateKey: JWK | (() => JWK)) {
  const present = typeof privateKey === 'function' ? privateKey : () => privateKey
  const read = async (jwk: JWK) => ({ jwk, key: await importJWK(jwk, 'EdDSA') })
  let held = await read(present())
  return async (actor: Actor): Promise<string> => {
    if (held.jwk !== present()) held = await read(present())
    const { jwk, key } = held
    return new SignJWT({ actor })
      .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid ?? '' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifeSeconds}s`)
      .sign(key)
  }
}

/** Of a county or of a city: what says both is believed neither. */
const isOfOnePlace = ({ cityId, countyId, memberId, kind, grants }: Actor): boolean =>
  cityId === undefined ||
  (typeof cityId === 'string' && countyId === noCounty && memberId === null && kind === 'PERSON' && grants.length === 0)

/**
 * Verifies internal tokens against the gateway's public keys. A token that was verified a moment ago is not verified
 * again (at most `rememberAtMost` are remembered, each until it expires).
 * @param jwks the keys, or what says the present ones
 * @throws InternalTokenRefused
 */
export function createInternalTokenVerifier(jwks: JSONWebKeySet | (() => JSONWebKeySet), rememberAtMost = 5_000) {
  const present = typeof jwks === 'function' ? jwks : () => jwks
  let held = present()
  let keys = createLocalJWKSet(held)
  const known = new LRUCache<string, { actor: Actor; expiresAtMs: number }>({ max: rememberAtMost })
  return async (token: string | undefined, nowMs: number): Promise<Actor> => {
    if (!token) throw new InternalTokenRefused('no internal token')
    if (held !== present()) {
      held = present()
      keys = createLocalJWKSet(held)
      // A key that was taken out is believed no more, not even for tokens that it has signed a moment ago.
      known.clear()
    }
    const remembered = known.get(token)
    if (remembered && remembered.expiresAtMs > nowMs) return remembered.actor
    known.delete(token)
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['EdDSA'],
        // Of our own key too: one that never ends, or says nobody, was not made by the gateway as it is.
        requiredClaims: ['exp', 'iat', 'actor'],
        maxTokenAge: `${lifeSeconds}s`,
        clockTolerance: 5,
        currentDate: new Date(nowMs),
      })
      const actor = payload.actor as Actor
      if (
        typeof actor !== 'object' ||
        actor === null ||
        typeof actor.countyId !== 'string' ||
        !Array.isArray(actor.grants) ||
        !isOfOnePlace(actor)
      )
        throw new InternalTokenRefused('the internal token names nobody')
      const { exp = 0, iat = 0 } = payload
      known.set(token, { actor, expiresAtMs: Math.min(exp, iat + lifeSeconds) * 1000 })
      return actor
    } catch {
      throw new InternalTokenRefused('the internal token is not of this gateway or has expired')
    }
  }
}
