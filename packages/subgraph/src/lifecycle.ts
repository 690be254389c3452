import { setTimeout as sleep } from 'node:timers/promises'

type Log = { info(fields: object, message: string): void; error(fields: object, message: string): void }

type Ending = {
  /** For how long requests are still taken once readiness has fallen. */
  drainMs: number
  /** Within which all has ended, draining included; then the process ends whatever is left. */
  graceMs: number
}

/**
 * Ends a process in order: on SIGTERM or SIGINT readiness falls, so that nobody sends new work, and what is still on its
 * way is taken for `drainMs`; then the steps run one after the other, newest first.
 */
export function createLifecycle(log: Log, { drainMs, graceMs }: Ending) {
  const steps: { name: string; stop: () => Promise<void> }[] = []
  let phase: 'starting' | 'serving' | 'ending' = 'starting'
  let stopping: Promise<void> | undefined

  const stop = (): Promise<void> => {
    phase = 'ending'
    stopping ??= (async () => {
      for (const step of steps.toReversed()) {
        try {
          await step.stop()
        } catch (error) {
          log.error({ step: step.name, reason: (error as Error).message }, 'did not stop cleanly')
        }
      }
    })()
    return stopping
  }

  const end = (code: number, reason: string, waitMs: number): void => {
    log.info({ reason }, 'stopping')
    phase = 'ending'
    setTimeout(() => process.exit(code || 1), graceMs).unref()
    void sleep(waitMs)
      .then(stop)
      .then(() => process.exit(code))
  }

  return {
    /** Registers what has been started, so that it is stopped before what was started earlier. */
    add(name: string, stopStep: () => Promise<void>): void {
      steps.push({ name, stop: stopStep })
    },
    stop,
    /** Everything stands. */
    begun(): void {
      if (phase === 'starting') phase = 'serving'
    },
    hasBegun: (): boolean => phase !== 'starting',
    /** Whether work may be sent: all stands, nothing is being ended. */
    isServing: (): boolean => phase === 'serving',
    isEnding: (): boolean => phase === 'ending',
    /** For faults that this process cannot mend: it ends, and whoever supervises it starts it anew. */
    fail: (error: Error): void => {
      log.error({ err: error, reason: error.message }, 'cannot go on')
      end(1, 'failed', 0)
    },
    listen(): void {
      process.once('SIGTERM', () => end(0, 'SIGTERM', drainMs))
      process.once('SIGINT', () => end(0, 'SIGINT', drainMs))
    },
  }
}
export type Lifecycle = ReturnType<typeof createLifecycle>
