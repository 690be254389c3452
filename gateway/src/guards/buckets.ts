import { LRUCache } from 'lru-cache'

const bucketsKept = 20_000

export type Charge = { available: number; afterSeconds: number }

/**
 * What each caller may ask for over time: a bucket of `capacity` that fills again by `perSecond`. Nobody takes another's
 * time: each account, person or app, has a bucket of its own. The 20,000 that asked last are remembered, and a bucket
 * that is forgotten is a full one.
 */
export function createBuckets(options: { capacity: number; perSecond: number; nowMs: () => number }) {
  const { capacity, perSecond, nowMs } = options
  const buckets = new LRUCache<string, { left: number; atMs: number }>({ max: bucketsKept })
  return {
    /** Takes `cost` out where there is enough. `afterSeconds` is 0 then, and else when there will be enough. */
    take(key: string, cost: number): Charge {
      const now = nowMs()
      const before = buckets.get(key)
      const left = before ? Math.min(capacity, before.left + ((now - before.atMs) / 1_000) * perSecond) : capacity
      const enough = left >= cost
      buckets.set(key, { left: enough ? left - cost : left, atMs: now })
      return {
        available: Math.floor(enough ? left - cost : left),
        afterSeconds: enough ? 0 : Math.max(1, Math.ceil((Math.min(cost, capacity) - left) / perSecond)),
      }
    },
  }
}
