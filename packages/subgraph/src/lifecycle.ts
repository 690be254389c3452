type Log = { info(fields: object, message: string): void; error(fields: object, message: string): void }

/**
 * Ends a process in order: on SIGTERM or SIGINT the steps run one after the other, newest first, and together take at
 * most `graceMs`; then the process ends whatever is left.
 */
export function createLifecycle(log: Log, graceMs = 20_000) {
  const steps: { name: string; stop: () => Promise<void> }[] = []
  let stopping: Promise<void> | undefined

  const stop = (): Promise<void> => {
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

  const end = (code: number, reason: string): void => {
    log.info({ reason }, 'stopping')
    setTimeout(() => process.exit(code || 1), graceMs).unref()
    void stop().then(() => process.exit(code))
  }

  return {
    /** Registers what has been started, so that it is stopped before what was started earlier. */
    add(name: string, stopStep: () => Promise<void>): void {
      steps.push({ name, stop: stopStep })
    },
    stop,
    /** For faults that this process cannot mend: it ends, and whoever supervises it starts it anew. */
    fail: (error: Error): void => {
      log.error({ err: error, reason: error.message }, 'cannot go on')
      end(1, 'failed')
    },
    listen(): void {
      process.once('SIGTERM', () => end(0, 'SIGTERM'))
      process.once('SIGINT', () => end(0, 'SIGINT'))
    },
  }
}
