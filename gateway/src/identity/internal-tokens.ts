import type { Actor } from '@linghang/access'
import { LRUCache } from 'lru-cache'

/**
 * Signs one internal token for each distinct actor and uses it again for 20 of its 60 seconds: equal readers then send
 * equal requests, which can be answered together, and subgraphs verify it once.
 */
export function createInternalTokens(options: {
  sign: (actor: Actor) => Promise<string>
  nowMs: () => number
  reuseMs?: number
  maximum?: number
}) {
  const reuseMs = options.reuseMs ?? 20_000
  const maximum = options.maximum ?? 10_000
  const known = new LRUCache<string, { token: Promise<string>; untilMs: number }>({ max: maximum })
  return (actor: Actor): Promise<string> => {
    const key = JSON.stringify(actor)
    const entry = known.get(key)
    if (entry && entry.untilMs > options.nowMs()) return entry.token
    known.delete(key)
    const token = options.sign(actor)
    token.catch(() => known.delete(key))
    known.set(key, { token, untilMs: options.nowMs() + reuseMs })
    return token
  }
}
