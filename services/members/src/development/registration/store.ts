import type { Tx } from '../../work.ts'

export const registrationStore = {
  /** What `run` wrote is taken back when it throws, and the transaction goes on. */
  async undoable<T>(tx: Tx, run: () => Promise<T>): Promise<T> {
    await tx.$executeRaw`savepoint undoable`
    try {
      return await run()
    } catch (error) {
      await tx.$executeRaw`rollback to savepoint undoable`
      throw error
    }
  },
}
