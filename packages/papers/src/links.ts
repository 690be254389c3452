import type { Actor } from '@linghang/access'
import { createSigner } from '@linghang/sealing'

export const linkLifeMs = 5 * 60_000

export type FileLink = { url: string; expiresAt: Date }

/** Short-lived links to files: each is good for one path, one account and five minutes. */
export type Links = {
  sign(path: string, actor: Actor, now: Date): FileLink
  /** Whether this link was made for this path and this account and is still good. */
  check(path: string, actor: Actor, query: Record<string, unknown>, now: Date): 'GOOD' | 'EXPIRED' | 'FORGED'
}

/** @param secret at least 32 characters; every process of the service has the same one */
export function createLinks(secret: string): Links {
  const signer = createSigner(secret, 'file-links')
  const signed = (path: string, actor: Actor, expires: string): string =>
    [path, actor.countyId, actor.accountId ?? '', expires].join('\0')
  return {
    sign(path, actor, now) {
      const expiresAt = new Date(Math.floor((now.getTime() + linkLifeMs) / 1000) * 1000)
      const expires = String(expiresAt.getTime() / 1000)
      const signature = signer.sign(signed(path, actor, expires))
      return { url: `${path}${path.includes('?') ? '&' : '?'}expires=${expires}&signature=${signature}`, expiresAt }
    },
    check(path, actor, query, now) {
      const { expires, signature } = query
      if (actor.accountId === null || typeof expires !== 'string' || typeof signature !== 'string') return 'FORGED'
      if (!signer.isSigned(signed(path, actor, expires), signature)) return 'FORGED'
      return now.getTime() < Number(expires) * 1000 ? 'GOOD' : 'EXPIRED'
    },
  }
}
