import { createHash } from 'node:crypto'
import { sqlOf } from '@linghang/database'
import { sql } from 'kysely'
import type { Doing } from './doing.ts'

/** The same key came with another input: the caller has mixed up two requests. */
export class IdempotencyKeyReused extends Error {
  override name = 'IdempotencyKeyReused'
}

/**
 * Runs `run` once for a key: a repeated request with the same input gets the first result, in whatever order and
 * however late it comes. The result is stored in the same transaction as the effect.
 * @param key chosen by the caller; null runs `run` without remembering it
 * @throws IdempotencyKeyReused
 */
export async function once<T>(
  { tx, actor }: Doing,
  request: { operation: string; key: string | null | undefined; input: unknown },
  run: () => Promise<T>,
): Promise<T> {
  if (!request.key || !actor.accountId) return run()
  const inputHash = createHash('sha256')
    .update(JSON.stringify(request.input, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
    .digest()
  // Two requests with one key at the same moment: the second waits here and then finds the first one's result.
  const { operation, key } = request
  const asked = `${actor.accountId}/${operation}/${key}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${asked}, 0))::text`.execute(sqlOf(tx))
  const earlier = await sqlOf(tx)
    .selectFrom('idempotencyKey')
    .select(['inputHash', 'result'])
    .where('countyId', '=', actor.countyId)
    .where('accountId', '=', actor.accountId)
    .where('operation', '=', operation)
    .where('key', '=', key)
    .executeTakeFirst()
  if (earlier) {
    if (!inputHash.equals(Buffer.from(earlier.inputHash))) throw new IdempotencyKeyReused(operation)
    return earlier.result as T
  }
  const result = await run()
  const { countyId, accountId } = actor
  await sqlOf(tx)
    .insertInto('idempotencyKey')
    .values({ countyId, accountId, operation, key, inputHash, result: JSON.stringify(result ?? null) })
    .execute()
  return result
}
