import type { AsService, RawTx } from '@linghang/access'

type Log = { info(fields: object, message: string): void; warn(fields: object, message: string): void }

const hourMs = 3_600_000
const rowsAtOnce = 10_000

/**
 * What has been heard is remembered for twice as long as Kafka keeps a message (seven days): after that nobody can
 * send it again. Requests' keys are remembered for as long: a client that retries does so within hours.
 */
const kept = [
  `delete from processed_event where ctid = any (array(select ctid from processed_event where processed_at < now() - interval '14 days' limit ${rowsAtOnce}))`,
  `delete from idempotency_key where ctid = any (array(select ctid from idempotency_key where created_at < now() - interval '14 days' limit ${rowsAtOnce}))`,
]

/** Forgets, once an hour, what need not be remembered any longer, a bounded number of rows a statement. */
export function startPruning<Tx extends RawTx>(options: { asService: AsService<Tx>; log: Log }) {
  const prune = async (): Promise<void> => {
    for (const statement of kept) {
      for (let gone = rowsAtOnce; gone === rowsAtOnce; )
        gone = await options.asService(tx => tx.$executeRawUnsafe(statement))
    }
  }
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = prune().catch((error: Error) =>
      options.log.warn({ reason: error.name }, 'old bookkeeping was not pruned'),
    )
  }, hourMs)
  timer.unref()
  return {
    prune,
    async stop(): Promise<void> {
      clearInterval(timer)
      await running
    },
  }
}
