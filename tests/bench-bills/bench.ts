import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createPerform, createTransact, shanghaiDay, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { removePostgresState, startPostgres } from '@linghang/devstack'
import { loginUrl, migrateServices } from '@linghang/migrations'
import { addMonths, monthOf } from '@linghang/rulebook'
import { createSealing } from '@linghang/sealing'
import { PrismaClient } from '../../services/dues/prisma/client/client.ts'
import { billCounty } from '../../services/dues/src/billing/bills/bill-county.ts'
import { openDuesAccount } from '../../services/dues/src/ledger/accounts/open-account.ts'
import type { Own, Tx } from '../../services/dues/src/work.ts'

/**
 * The night's bills of a county, as the activity makes them: the first time, when a bill is missing for every member, and
 * again, when none is; against bare inserts of as many rows. `npm run bench:bills -- [members]`, 47,411 unless told.
 */
const members = Number(process.argv[2] ?? 47_411)
const branches = Math.max(1, Math.round(members / 20))
const root = fileURLToPath(new URL('../..', import.meta.url))
const stateDir = await mkdtemp(join(root, '.linghang-bench-'))
const postgres = await startPostgres({ stateDir, report: () => undefined })
const loginPassword = randomBytes(18).toString('base64url')
await migrateServices({ superuserUrl: postgres.superuserUrl, loginPassword, only: ['dues'] })
const pool = createPool(loginUrl(postgres.superuserUrl, 'dues', loginPassword), { max: 10, applicationName: 'bench' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
const transact = createTransact<Tx>(prisma)
const sealing = createSealing(transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
const perform = createPerform<Tx, Own>(transact, surroundings, async ({ countyId }) => ({
  seal: await sealing.opened(countyId),
}))
const bare = createPool(postgres.urlOf('dues'), { max: 1, applicationName: 'bare' })
const today = shanghaiDay(new Date())
const month = monthOf(today)

/** A county whose members each owe for this month and for no other. */
async function createMembers(): Promise<string> {
  const countyId = randomUUID()
  const committee = randomUUID()
  await perform(
    systemActor(countyId),
    async work => {
      const node = { countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
      await writeOrgNodes(work.tx, [
        { ...node, id: committee, superiorId: null, code: '1', kind: 'COMMITTEE' },
        ...Array.from({ length: branches }, (_, n) => ({
          ...{ ...node, id: randomUUID(), superiorId: committee, code: `${n + 2}`, kind: 'BRANCH' },
        })),
      ])
      await openDuesAccount.run(work, {
        ...{ orgId: committee, bank: 'ICBC' as const, bankNumber: '12345678', openedOn: addMonths(month, -1) },
      })
    },
    { timeoutMs: 120_000 },
  )
  const made = `with branch as (select id, row_number() over () - 1 as n from org_node where county_id = $1 and kind = 'BRANCH')`
  await bare.query(
    `${made} insert into dues_record (member_id, county_id, org_id, kind, category, base_fen, owes, complete, version, known_on)
     select uuidv7(), $1, b.id, 'FULL', 'MONTHLY_SALARY', 300000 + m * 7, true, true, 1, $4::date
     from generate_series(1, $2::int) m join branch b on b.n = m % $3::int`,
    [countyId, members, branches, addMonths(month, -1)],
  )
  await bare.query(
    `insert into dues_place (member_id, from_month, county_id, org_id)
     select member_id, '0001-01-01', county_id, org_id from dues_record where county_id = $1`,
    [countyId],
  )
  return countyId
}

async function timed<T>(run: () => Promise<T>): Promise<[seconds: number, result: T]> {
  const at = performance.now()
  const result = await run()
  return [Math.round((performance.now() - at) / 100) / 10, result]
}

try {
  const countyId = await createMembers()
  await bare.query('analyze')
  const bill = () => billCounty(perform, { countyId, on: today }, () => undefined)
  const [first, made] = await timed(bill)
  const [again, none] = await timed(bill)
  const [inserted] = await timed(() =>
    bare.query(
      `insert into dues_bill (id, county_id, org_id, member_id, month, category, base_fen, due_fen, billed_at)
       select uuidv7(), $2, org_id, uuidv7(), month, category, base_fen, due_fen, billed_at from dues_bill where county_id = $1`,
      [countyId, randomUUID()],
    ),
  )
  console.table({
    'the month, for the first time': { seconds: first, 'bills made': made.made, members: made.members },
    'the same again': { seconds: again, 'bills made': none.made, members: none.members },
    'bare insert of as many rows': { seconds: inserted, 'bills made': made.made, members: '' },
  })
  console.log(`peak ${Math.round(process.resourceUsage().maxRSS / 1_024)} MiB`)
} finally {
  await bare.end()
  await prisma.$disconnect()
  await pool.end()
  await postgres.stop()
  await removePostgresState(stateDir)
  await rm(stateDir, { recursive: true, force: true })
}
