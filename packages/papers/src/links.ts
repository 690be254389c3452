import type { Actor } from '@linghang/access'
import { createSigner, type Signer } from '@linghang/sealing'

const signersAtMost = 16
export const linkLifeMs = 5 * 60_000

export type FileLink = { url: string; expiresAt: Date }

/** Short-lived links to files: each is good for one path, one account and five minutes. */
export type Links = {
  sign(path: string, actor: Actor, now: Date): FileLink
  /** Whether this link was made for this path and this account and is still good. */
  check(path: string, actor: Actor, query: Record<string, unknown>, now: Date): 'GOOD' | 'EXPIRED' | 'FORGED'
}

/**
 * @param secrets at least 32 characters each; every process of the service has the same ones. The first signs, of the
 *   others links are still taken
 */
export function createLinks(secrets: () => readonly [string, ...string[]]): Links {
  // A key is derived from each secret, once.
  const made = new Map<string, Signer>()
  const signerOf = (secret: string): Signer => {
    const signer = made.get(secret) ?? createSigner(secret, 'file-links')
    if (made.size >= signersAtMost) made.clear()
    made.set(secret, signer)
    return signer
  }
  const signed = (path: string, actor: Actor, expires: string): string =>
    [path, actor.countyId, actor.accountId ?? '', expires].join('\0')
  return {
    sign(path, actor, now) {
      const expiresAt = new Date(Math.floor((now.getTime() + linkLifeMs) / 1000) * 1000)
      const expires = String(expiresAt.getTime() / 1000)
      const signature = signerOf(secrets()[0]).sign(signed(path, actor, expires))
      return { url: `${path}${path.includes('?') ? '&' : '?'}expires=${expires}&signature=${signature}`, expiresAt }
    },
    check(path, actor, query, now) {
      const { expires, signature } = query
      if (actor.accountId === null || typeof expires !== 'string' || typeof signature !== 'string') return 'FORGED'
      const text = signed(path, actor, expires)
      if (!secrets().some(secret => signerOf(secret).isSigned(text, signature))) return 'FORGED'
      return now.getTime() < Number(expires) * 1000 ? 'GOOD' : 'EXPIRED'
    },
  }
}
