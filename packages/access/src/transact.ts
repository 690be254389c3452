import { isTaken, type RawTx } from '@linghang/database'
import { type Actor, auditGrants, bookReadGrants, isOfCity, readGrants, seesWholeCounty, writeGrants } from './actor.ts'

import { givenUp } from './busy.ts'
import { CountyMoves, type Standing, triedToWrite } from './county-moves.ts'

export type { RawTx } from '@linghang/database'

type TransactionOptions = { maxWait?: number; timeout?: number }
type PrismaLike<Tx extends RawTx> = {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
}

/** Runs `work` in one transaction in which the database itself knows who is asking. */
export type Transact<Tx extends RawTx> = <T>(
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  options?: { timeoutMs?: number; begunBefore?: boolean },
) => Promise<T>

/** Asked first whether it is an office of a city: whatever else such an actor said of itself opens no county. */
const roleOf = (actor: Actor): string =>
  isOfCity(actor) ? 'linghang_city' : seesWholeCounty(actor) ? 'linghang_county' : 'linghang_scoped'

const uuidArray = (ids: string[]): string => `{${ids.join(',')}}`

/**
 * One transaction. What was given up for want of time or room is told as that.
 * @throws Busy where nothing was written, OutcomeUnknown where the connection was lost in the commit
 */
async function inTransaction<Tx extends RawTx, T>(
  prisma: PrismaLike<Tx>,
  run: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  let committing = false
  try {
    return await prisma.$transaction(async tx => {
      const result = await run(tx)
      committing = true
      return result
    }, options)
  } catch (error) {
    if (error instanceof CountyMoves) throw error
    throw givenUp(error, committing) ?? error
  }
}

/**
 * One transaction an operation: the context first, then the queries. The login role has no grants, so a query
 * outside fails with "permission denied" instead of answering with nothing.
 * @param prisma the service's client, connected as `linghang_login`
 * @throws Busy where there was no database, no connection or no lock in time: nothing was written
 * @throws CountyMoves where something was to be written of a county that stands still, or has left: nothing was
 * @throws OutcomeUnknown where the connection was lost in the commit
 */
export function createTransact<Tx extends RawTx>(prisma: PrismaLike<Tx>): Transact<Tx> {
  return async (actor, work, options = {}) => {
    let standing: Standing | null = null
    const refused = (error: unknown): never => {
      throw standing !== null && triedToWrite(error) ? new CountyMoves(standing, error) : error
    }
    return inTransaction(
      prisma,
      async tx => {
        const [context] = await tx.$queryRawUnsafe<{ standing: Standing | null }[]>(
          `select set_config('role', $1, true), set_config('app.county_id', $2, true), set_config('app.read_grants', $3, true),
                  set_config('app.write_grants', $4, true), set_config('app.member_id', $5, true),
                  set_config('app.own_org_id', $6, true), set_config('app.account_id', $7, true),
                  set_config('app.audit_grants', $8, true), set_config('app.book_grants', $9, true),
                  set_config('app.city_id', $11, true),
                  set_config('transaction_read_only', case when standing is null and $11 = ''
                    then current_setting('transaction_read_only') else 'on' end, true), standing
             from (select app.standing($2::text::uuid, $10) as standing) asked`,
          roleOf(actor),
          actor.countyId,
          uuidArray(readGrants(actor)),
          uuidArray(writeGrants(actor)),
          actor.memberId ?? '',
          actor.memberOrgId ?? '',
          actor.accountId ?? '',
          uuidArray(auditGrants(actor)),
          uuidArray(bookReadGrants(actor)),
          options.begunBefore ?? false,
          actor.cityId ?? '',
        )
        standing = context?.standing ?? null
        return work(tx).catch(refused)
      },
      { maxWait: 5_000, timeout: options.timeoutMs ?? 10_000 },
    )
  }
}

/** Runs `work` as the service itself, for its bookkeeping: outbox, dead letters, pruning. It reads no register. */
export type AsService<Tx extends RawTx> = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

export function createAsService<Tx extends RawTx>(prisma: PrismaLike<Tx>): AsService<Tx> {
  return work =>
    inTransaction(
      prisma,
      async tx => {
        await tx.$queryRawUnsafe(`select set_config('role', 'linghang_service', true)`)
        return work(tx)
      },
      { maxWait: 5_000, timeout: 30_000 },
    )
}

/**
 * For a write that a unique constraint may refuse: the database decides, not a look beforehand.
 * @param refuse what is thrown then; any other fault is thrown on as it is
 */
export const whenTaken =
  (refuse: () => never) =>
  (error: unknown): never => {
    if (isTaken(error)) return refuse()
    throw error
  }
