import { createAsService, createTransact, type RawTx } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import type { ServiceName } from '@linghang/migrations'
import pg from 'pg'
import { createDatabases, databaseUrl } from './databases.ts'
import { surroundings } from './surroundings.ts'

/** A pool in the shape in which the packages know Prisma: transactions and statements with bound values. */
function overPool(pool: pg.Pool) {
  const txOf = (client: pg.PoolClient): RawTx => ({
    $queryRawUnsafe: async <T>(sql: string, ...values: unknown[]) => (await client.query(sql, values)).rows as T,
    $executeRawUnsafe: async (sql, ...values) => (await client.query(sql, values)).rowCount ?? 0,
  })
  return {
    async $transaction<T>(work: (tx: RawTx) => Promise<T>): Promise<T> {
      const client = await pool.connect()
      // While it is lent out a connection that is cut says so here too, beside failing the statement.
      const cut = () => undefined
      client.on('error', cut)
      let broken: Error | undefined
      try {
        await client.query('begin')
        const result = await work(txOf(client))
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(fault => {
          broken = fault
        })
        throw error
      } finally {
        client.off('error', cut)
        client.release(broken)
      }
    },
  }
}

/** A migrated database of its own, entered as a service enters it; for packages that are tried without a service. */
export async function openDatabase(database: ServiceName, suffix: string) {
  const at = surroundings()
  await createDatabases(at, [database], suffix)
  const pool = new pg.Pool({ connectionString: databaseUrl(at, database, suffix), max: 8 })
  pool.on('error', () => undefined)
  return {
    transact: createTransact<RawTx>(overPool(pool)),
    asService: createAsService<RawTx>(overPool(pool)),
    close: () => pool.end(),
  }
}

type Client<Tx> = {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>
  $disconnect(): Promise<void>
}

/** A migrated database of its own behind the Prisma client of its service; for stores that are tried without a service. */
export async function openClient<Tx extends RawTx, C extends Client<Tx>>(
  [database, suffix]: [ServiceName, string],
  createClient: (adapter: ReturnType<typeof createAdapter>) => C & Client<Tx>,
) {
  const at = surroundings()
  await createDatabases(at, [database], suffix)
  const pool = createPool(databaseUrl(at, database, suffix), { max: 8, applicationName: suffix })
  const prisma = createClient(createAdapter(pool))
  const close = async (): Promise<void> => {
    await prisma.$disconnect()
    await pool.end()
  }
  return { prisma, transact: createTransact<Tx>(prisma), close }
}
