import { createAsService, createPerform, createTransact, surroundings, systemActor } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { databaseUrl } from '@linghang/harness/databases'
import { surroundings as servers } from '@linghang/harness/surroundings'
import { createSealing } from '@linghang/sealing'
import { PrismaClient } from '../prisma/client/client.ts'
import { createPayments } from '../src/billing/online/payments.ts'
import { reconciliationActivities } from '../src/billing/reconciliation/activities.ts'
import { reconciliationStore } from '../src/billing/reconciliation/store.ts'
import { paymentsFrom } from '../src/env.ts'
import type { Own, Tx, Work } from '../src/work.ts'

/** What Temporal has the dues service do in the morning, over the databases of this run and a merchant's account. */
export async function openMornings(variables: Readonly<Record<string, string>>) {
  const at = servers()
  const pool = createPool(databaseUrl(at, 'dues'), { max: 4, applicationName: 'mornings' })
  const prisma = new PrismaClient({ adapter: createAdapter(pool) })
  const transact = createTransact<Tx>(prisma)
  const asService = createAsService<Tx>(prisma)
  const sealing = createSealing(transact, at.registerKeys)
  const perform = createPerform<Tx, Own>(transact, surroundings, async ({ countyId }) => ({
    seal: await sealing.opened(countyId),
  }))
  const merchant = paymentsFrom(variables)
  if (!merchant) throw new Error('there is no merchant')
  const { now, newId } = surroundings
  const activities = reconciliationActivities({
    ...{ now, log: { info: () => undefined, warn: () => undefined } },
    payments: createPayments(merchant, { now, newId }),
    performIn: <T>(countyId: string, run: (work: Work) => Promise<T>) =>
      perform(systemActor(countyId), run, { turns: 'ledger' }),
    homesOf: (merchantId, ids, from, before) =>
      asService(tx => reconciliationStore.homesOf(tx, merchantId, ids, from, before)),
  })
  const close = async () => {
    await prisma.$disconnect()
    await pool.end()
  }
  return { activities, close }
}
