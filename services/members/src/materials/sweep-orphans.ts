import type { Deps } from '../deps.ts'
import { materialStore } from './store.ts'

const minuteMs = 60_000
const sweepEveryMs = 10 * minuteMs
// A request ends long before; whatever is older has lost the process that was filing it.
const orphanAfterMs = 60 * minuteMs
const abandonedAfterMs = 24 * 60 * minuteMs
const atOnce = 200

/**
 * Removes objects that never got their row, `atOnce` at the most, and gives up uploads that nobody finished.
 * @returns how many objects went
 */
export async function sweepOrphans(deps: Pick<Deps, 'asService' | 'papers'>, now: Date): Promise<number> {
  const before = new Date(now.getTime() - orphanAfterMs)
  const keys = await deps.asService(tx => materialStore.orphans(tx, before, atOnce))
  for (const key of keys) {
    await deps.papers.delete(key)
    await deps.asService(tx => materialStore.forgetObject(tx, key))
  }
  await deps.asService(tx => materialStore.abandon(tx, new Date(now.getTime() - abandonedAfterMs), atOnce))
  return keys.length
}

/** Sweeps now and every ten minutes, until stopped. */
export function startSweeping(
  deps: Pick<Deps, 'asService' | 'papers' | 'now'>,
  log: { warn(fields: object, message: string): void },
) {
  let running = Promise.resolve()
  const sweep = () => {
    running = running
      .then(() => sweepOrphans(deps, deps.now()))
      .then(
        () => undefined,
        error => log.warn({ reason: (error as Error).name }, 'orphaned papers are swept at the next turn'),
      )
  }
  sweep()
  const timer = setInterval(sweep, sweepEveryMs)
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await running
    },
  }
}
