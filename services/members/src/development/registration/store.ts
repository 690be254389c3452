import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

export const registrationStore = {
  /** What `run` wrote is taken back when it throws, and the transaction goes on. */
  async undoable<T>(tx: Tx, run: () => Promise<T>): Promise<T> {
    await sql`savepoint undoable`.execute(sqlOf(tx))
    try {
      return await run()
    } catch (error) {
      await sql`rollback to savepoint undoable`.execute(sqlOf(tx))
      throw error
    }
  },
}
