import type { ObjectStore } from './object-store.ts'

const minuteMs = 60_000
const sweepEveryMs = 10 * minuteMs
// A request ends long before; whatever is older has lost the process that was filing it.
const orphanAfterMs = 60 * minuteMs
const abandonedAfterMs = 24 * 60 * minuteMs
const atOnce = 200

/** What a service knows of papers that are on their way: objects that were begun and never got their row. */
export type Begun = {
  orphans(before: Date, limit: number): Promise<string[]>
  forget(key: string): Promise<void>
  /** Gives up uploads that nobody finished; where a service keeps such. */
  abandon?(before: Date, limit: number): Promise<unknown>
}

/** Removes objects that never got their row, `atOnce` at the most, and gives up uploads that nobody finished. */
async function sweepOrphans(papers: ObjectStore, begun: Begun, now: Date): Promise<void> {
  const keys = await begun.orphans(new Date(now.getTime() - orphanAfterMs), atOnce)
  for (const key of keys) {
    await papers.delete(key)
    await begun.forget(key)
  }
  await begun.abandon?.(new Date(now.getTime() - abandonedAfterMs), atOnce)
}

/** Sweeps now and every ten minutes, until stopped. */
export function startSweeping(
  { papers, begun, now }: { papers: ObjectStore; begun: Begun; now: () => Date },
  log: { warn(fields: object, message: string): void },
) {
  let running = Promise.resolve()
  const sweep = () => {
    running = running
      .then(() => sweepOrphans(papers, begun, now()))
      .catch(error => log.warn({ reason: (error as Error).name }, 'orphaned papers are swept at the next turn'))
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
