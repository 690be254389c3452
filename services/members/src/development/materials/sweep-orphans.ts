import type { AsService } from '@linghang/access'
import type { ObjectStore } from '@linghang/papers'
import type { Tx } from '../../work.ts'
import { materialStore } from './store.ts'

const minuteMs = 60_000
const sweepEveryMs = 10 * minuteMs
// A request ends long before; whatever is older has lost the process that was filing it.
const orphanAfterMs = 60 * minuteMs
const abandonedAfterMs = 24 * 60 * minuteMs
const atOnce = 200

type Swept = { asService: AsService<Tx>; papers: ObjectStore }

/**
 * Removes objects that never got their row, `atOnce` at the most, and gives up uploads that nobody finished.
 * @returns how many objects went
 */
async function sweepOrphans({ asService, papers }: Swept, now: Date): Promise<number> {
  const before = new Date(now.getTime() - orphanAfterMs)
  const keys = await asService(tx => materialStore.orphans(tx, before, atOnce))
  for (const key of keys) {
    await papers.delete(key)
    await asService(tx => materialStore.forgetObject(tx, key))
  }
  await asService(tx => materialStore.abandon(tx, new Date(now.getTime() - abandonedAfterMs), atOnce))
  return keys.length
}

/** Sweeps now and every ten minutes, until stopped. */
export function startSweeping(
  { asService, papers, now }: Swept & { now: () => Date },
  log: { warn(fields: object, message: string): void },
) {
  let running = Promise.resolve()
  const sweep = () => {
    running = running
      .then(() => sweepOrphans({ asService, papers }, now()))
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
