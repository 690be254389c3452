import { createHash } from 'node:crypto'
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
  const inputHash = createHash('sha256').update(JSON.stringify(request.input)).digest()
  // Two requests with one key at the same moment: the second waits here and then finds the first one's result.
  await tx.$queryRawUnsafe(
    'select pg_advisory_xact_lock(hashtextextended($1, 0))::text',
    `${actor.accountId}/${request.operation}/${request.key}`,
  )
  const [earlier] = await tx.$queryRawUnsafe<{ input_hash: Uint8Array; result: T }[]>(
    `select input_hash, result from idempotency_key
     where county_id = $1::uuid and account_id = $2::uuid and operation = $3 and key = $4`,
    actor.countyId,
    actor.accountId,
    request.operation,
    request.key,
  )
  if (earlier) {
    if (!inputHash.equals(Buffer.from(earlier.input_hash))) throw new IdempotencyKeyReused(request.operation)
    return earlier.result
  }
  const result = await run()
  await tx.$executeRawUnsafe(
    `insert into idempotency_key (county_id, account_id, operation, key, input_hash, result)
     values ($1::uuid, $2::uuid, $3, $4, $5, $6::jsonb)`,
    actor.countyId,
    actor.accountId,
    request.operation,
    request.key,
    inputHash,
    JSON.stringify(result ?? null),
  )
  return result
}
