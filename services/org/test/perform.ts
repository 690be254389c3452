import { type Actor, createPerform, createTransact, surroundings } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { databaseUrl } from '@linghang/harness/databases'
import { surroundings as servers } from '@linghang/harness/surroundings'
import { PrismaClient } from '../prisma/client/client.ts'
import type { Own, Tx, Work } from '../src/work.ts'

/** Org's database, entered as the service enters it: for what other rooms call and the API does not show. */
export function openOrg() {
  const pool = createPool(databaseUrl(servers(), 'org'), { max: 2, applicationName: 'org-tried' })
  const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
  const own: Own = {
    seal: () => {
      throw new Error('nothing here is sealed')
    },
  }
  const perform = createPerform<Tx, Own>(createTransact<Tx>(prisma), surroundings, () => own)
  return {
    as: <T>(actor: Actor, run: (work: Work) => Promise<T>): Promise<T> => perform(actor, run),
    close: async (): Promise<void> => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
