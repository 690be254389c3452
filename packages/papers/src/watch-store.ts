import { metrics } from '@linghang/telemetry'
import type { ObjectStore } from './object-store.ts'

const operations = ['put', 'get', 'delete'] as const

/** The same store, its operations counted and timed, failures apart; counters stand at 0 from the start. */
export function watched<Store extends ObjectStore>(store: Store): Store {
  const meter = metrics.getMeter('linghang.papers')
  const done = meter.createCounter('linghang_paper_store_operations', { description: 'Operations on stored papers' })
  const seconds = meter.createHistogram('linghang_paper_store_duration_seconds', {
    description: 'Time of an operation on stored papers',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] },
  })
  for (const operation of operations) for (const outcome of ['ok', 'failed']) done.add(0, { operation, outcome })
  const counted = async <T>(operation: (typeof operations)[number], run: () => Promise<T>): Promise<T> => {
    const startedMs = performance.now()
    let outcome = 'failed'
    try {
      const result = await run()
      outcome = 'ok'
      return result
    } finally {
      done.add(1, { operation, outcome })
      seconds.record((performance.now() - startedMs) / 1_000, { operation, outcome })
    }
  }
  return {
    ...store,
    put: (key, content, bytes) => counted('put', () => store.put(key, content, bytes)),
    get: key => counted('get', () => store.get(key)),
    delete: key => counted('delete', () => store.delete(key)),
  }
}
