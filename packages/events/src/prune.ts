import type { AsService, RawTx } from '@linghang/access'
import { sqlOf } from '@linghang/database'
import { sql } from 'kysely'

type Log = { info(fields: object, message: string): void; warn(fields: object, message: string): void }

const hourMs = 3_600_000
const rowsAtOnce = 10_000

/**
 * What has been heard is remembered for twice as long as Kafka keeps a message (seven days): after that nobody can
 * send it again. Requests' keys are remembered for as long: a client that retries does so within hours.
 */
const kept = [
  (tx: RawTx) => sqlOf(tx).deleteFrom('processedEvent').where(isOld('processedEvent', 'processedAt')),
  (tx: RawTx) => sqlOf(tx).deleteFrom('idempotencyKey').where(isOld('idempotencyKey', 'createdAt')),
]
const isOld = (table: string, since: string) =>
  sql<boolean>`ctid = any (array(select ctid from ${sql.table(table)} where ${sql.ref(since)} < now() - interval '14 days' limit ${rowsAtOnce}))`

/** Forgets, once an hour, what need not be remembered any longer, a bounded number of rows a statement. */
export function startPruning<Tx extends RawTx>(options: { asService: AsService<Tx>; log: Log }) {
  const prune = async (): Promise<void> => {
    for (const forgetting of kept) {
      for (let gone = rowsAtOnce; gone === rowsAtOnce; ) {
        const { numDeletedRows } = await options.asService(tx => forgetting(tx).executeTakeFirstOrThrow())
        gone = Number(numDeletedRows)
      }
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
