import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Actor } from '@linghang/access'

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
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'file-links', 32))
  const signatureOf = (path: string, actor: Actor, expires: string): Buffer =>
    createHmac('sha256', key)
      .update([path, actor.countyId, actor.accountId ?? '', expires].join('\0'))
      .digest()
  return {
    sign(path, actor, now) {
      const expiresAt = new Date(Math.floor((now.getTime() + linkLifeMs) / 1000) * 1000)
      const expires = String(expiresAt.getTime() / 1000)
      const signature = signatureOf(path, actor, expires).toString('base64url')
      return { url: `${path}${path.includes('?') ? '&' : '?'}expires=${expires}&signature=${signature}`, expiresAt }
    },
    check(path, actor, query, now) {
      const { expires, signature } = query
      if (actor.accountId === null || typeof expires !== 'string' || typeof signature !== 'string') return 'FORGED'
      const found = Buffer.from(signature, 'base64url')
      const wanted = signatureOf(path, actor, expires)
      if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) return 'FORGED'
      return now.getTime() < Number(expires) * 1000 ? 'GOOD' : 'EXPIRED'
    },
  }
}
