import { createPerform, createTransact, surroundings } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { PrismaClient } from '../prisma/client/client.ts'
import { makeReports, notBegun } from '../src/reports/monthly/make-reports.ts'
import type { Tx } from '../src/work.ts'

/**
 * A month's reports of a county in a process of its own, which tests kill: says after each set how far it is, one line of JSON
 * each. Arguments: the database, the county, the month, how many at once, and where the run before stopped.
 */
const [url = '', countyId = '', month = '', most = '', from = ''] = process.argv.slice(2)
const pool = createPool(url, { max: 2, applicationName: 'report-run' })
const prisma = new PrismaClient({ adapter: createAdapter(pool) })
const perform = createPerform<Tx, object>(createTransact<Tx>(prisma), surroundings, () => ({}))
const run = { countyId, month, most: Number(most), from: from === '' ? notBegun : JSON.parse(from) }
await makeReports(perform, run, progress => process.stdout.write(`${JSON.stringify(progress)}\n`))
await prisma.$disconnect()
await pool.end()
