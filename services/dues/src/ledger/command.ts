import { parseArgs } from 'node:util'
import { createAdapter, createPool } from '@linghang/database'
import { PrismaClient } from '../../prisma/client/client.ts'
import { largeStore } from '../billing/payments/large-store.ts'
import { readCommandEnvironment } from '../env.ts'
import { verifyStore } from './journals/verify-store.ts'

const { county = null } = parseArgs({ options: { county: { type: 'string' } } }).values
const pool = createPool(readCommandEnvironment().DATABASE_URL, { max: 2, applicationName: 'verify-ledger' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
// All books at one moment, however long it takes to look through them: what is posted meanwhile is in none of the figures.
const [counted, difference] = await prisma.$transaction(
  async tx => {
    await verifyStore.begin(tx)
    // The books first: what is said of large dues can differ from them alone.
    const found = (await verifyStore.firstDifference(tx, county)) ?? (await largeStore.firstDifference(tx, county))
    return [await verifyStore.counted(tx, county), found] as const
  },
  { isolationLevel: 'RepeatableRead', maxWait: 10_000, timeout: 30 * 60_000 },
)
if (difference === null)
  console.log(`账实相符 the books hold: ${counted.accounts} 个账户 accounts, ${counted.journals} 笔凭证 journals`)
else {
  const { what, id, found, wanted } = difference
  console.error(`第一处不符 first difference: ${what} ${id}: 账上 found ${found}; 应为 wanted ${wanted}`)
  process.exitCode = 1
}
await prisma.$disconnect()
await pool.end()
