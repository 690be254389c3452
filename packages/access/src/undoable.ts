import type { Doing } from './doing.ts'

/**
 * Runs what may be refused after it has written: what it wrote is taken back when it throws, and the transaction goes on. A
 * constraint that refuses takes the whole transaction with it otherwise.
 * @throws what `run` throws
 */
export async function undoable<T>({ tx }: Pick<Doing, 'tx'>, run: () => Promise<T>): Promise<T> {
  await tx.$executeRawUnsafe('savepoint undoable')
  try {
    return await run()
  } catch (error) {
    await tx.$executeRawUnsafe('rollback to savepoint undoable')
    throw error
  }
}
