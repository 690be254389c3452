import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Actor,
  createPerform,
  createTransact,
  runUseCase,
  surroundings,
  systemActor,
  writeOrgNodes,
} from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { removePostgresState, startPostgres } from '@linghang/devstack'
import { loginUrl, migrateServices } from '@linghang/migrations'
import { createSealing } from '@linghang/sealing'
import { PrismaClient } from '../../services/dues/prisma/client/client.ts'
import { openDuesAccount } from '../../services/dues/src/ledger/accounts/open-account.ts'
import { recordIncome } from '../../services/dues/src/ledger/journals/record-income.ts'
import type { Own, Tx } from '../../services/dues/src/work.ts'

/**
 * Postings through the use case, with everything that belongs to one (key, supervision, locks, balances, audit, the deferred
 * constraint), against bare inserts of the same rows into the same tables by plain statements, in turn in one run: by eight
 * clients, each with a committee of its own. Then what one waits for when eight and fifty post to one account.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const stateDir = await mkdtemp(join(root, '.linghang-bench-'))
const clients = 8
const seconds = 5
const rounds = 3
const postgres = await startPostgres({ stateDir, report: () => undefined })
const loginPassword = randomBytes(18).toString('base64url')
await migrateServices({ superuserUrl: postgres.superuserUrl, loginPassword, only: ['dues'] })
const pool = createPool(loginUrl(postgres.superuserUrl, 'dues', loginPassword), { max: 20, applicationName: 'bench' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
const transact = createTransact<Tx>(prisma)
const sealing = createSealing(transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
const perform = createPerform<Tx, Own>(transact, surroundings, async ({ countyId }) => ({
  seal: await sealing.opened(countyId),
}))
const bare = createPool(postgres.urlOf('dues'), { max: clients, applicationName: 'bare' })

/** A county of a committee with a branch, and who keeps its books. */
async function openBooks() {
  const actor: Actor = {
    ...{ ...systemActor(randomUUID()), kind: 'PERSON', accountId: randomUUID() },
    grants: [{ role: 'ADMIN', orgId: null }],
  }
  const [committee = '', branch = ''] = [randomUUID(), randomUUID()]
  await perform(systemActor(actor.countyId), async work => {
    const node = { countyId: actor.countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
    await writeOrgNodes(work.tx, [
      { ...node, id: committee, superiorId: null, code: '1', kind: 'COMMITTEE' },
      { ...node, id: branch, superiorId: committee, code: '2', kind: 'BRANCH' },
    ])
    const account = { orgId: committee, bank: 'ICBC', bankNumber: '12345678', openedOn: null } as const
    await openDuesAccount.run(work, account)
  })
  const { rows } = await bare.query(
    `select id, org_id from ledger_account where county_id = $1
     and (kind in ('REAL', 'ELSEWHERE') or code = 'INTEREST' or kind = 'VIRTUAL' and org_id = $2)`,
    [actor.countyId, branch],
  )
  const keeperId = (
    await bare.query(`select id from ledger_account where county_id = $1 and kind = 'REAL'`, [actor.countyId])
  ).rows[0].id
  return { actor, branch, keeperId: String(keeperId), accounts: rows as { id: string; org_id: string }[] }
}
type Books = Awaited<ReturnType<typeof openBooks>>

const note = '回单 17 号'
const postOne = ({ actor, branch }: Books) => {
  const input = { orgId: branch, reason: 'INTEREST', amountFen: 5n, countsOn: null, note, corrects: null } as const
  return runUseCase(perform, actor, recordIncome, input, randomUUID())
}

/** The rows that a posting leaves: a journal, four entries, an audit row, a key. */
async function insertOne({ actor, keeperId, accounts }: Books, n: number) {
  const client = await bare.connect()
  const id = randomUUID()
  const { countyId, accountId } = actor
  try {
    await client.query('begin')
    await client.query({
      name: 'journal',
      text: `insert into ledger_journal (id, county_id, keeper_id, reason, note, counts_on, posted_at, posted_by)
        values ($1, $2, $3, 'INTEREST', $4, current_date, now(), $5)`,
      values: [id, countyId, keeperId, note, accountId],
    })
    await client.query({
      name: 'entries',
      text: `insert into ledger_entry (journal_id, account_id, county_id, org_id, amount_fen, balance_fen, n)
        select $1, a.id, $2, a.org, a.fen, a.fen * $3, $3
        from unnest($4::uuid[], $5::uuid[], $6::bigint[]) as a (id, org, fen)`,
      values: [
        ...[id, countyId, n, accounts.map(account => account.id), accounts.map(account => account.org_id)],
        signs(accounts.length),
      ],
    })
    await client.query({
      name: 'audit',
      text: `insert into audit_entry (id, county_id, account_id, org_id, action, subject_type, subject_id, after_hash)
        values (uuidv7(), $1, $2, $3, 'journal.posted', 'DuesJournal', $4, $5)`,
      values: [countyId, accountId, accounts[0]?.org_id, id, hash(id)],
    })
    await client.query({
      name: 'key',
      text: `insert into idempotency_key (county_id, account_id, operation, key, input_hash, result)
        values ($1, $2, 'recordDuesIncome', $3, $4, $5)`,
      values: [countyId, accountId, randomUUID(), hash(id), JSON.stringify(id)],
    })
    await client.query('commit')
  } finally {
    client.release()
  }
}
const hash = (text: string) => createHash('sha256').update(text).digest()
let signsOf: readonly string[] = []
const signs = (count: number) => (signsOf.length === count ? signsOf : Array(count).fill('0'))

/** What so many do again and again for so long. @returns how often in a second, and how long each took */
async function measure(tasks: readonly (() => Promise<unknown>)[]) {
  const tookMs: number[] = []
  const begunAt = performance.now()
  await Promise.all(
    tasks.map(async task => {
      while (performance.now() - begunAt < seconds * 1_000) {
        const at = performance.now()
        await task()
        tookMs.push(performance.now() - at)
      }
    }),
  )
  const sorted = tookMs.toSorted((one, other) => one - other)
  const quantile = (q: number) => Math.round((sorted[Math.floor((sorted.length - 1) * q)] ?? 0) * 10) / 10
  return {
    perSecond: Math.round(sorted.length / ((performance.now() - begunAt) / 1_000)),
    ...{ 'p50 ms': quantile(0.5), 'p99 ms': quantile(0.99) },
  }
}

try {
  const posted = await Promise.all(Array.from({ length: clients }, openBooks))
  const inserted = await Promise.all(Array.from({ length: clients }, openBooks))
  // Whose and where sum to zero, as the deferred constraint wants it of bare inserts too.
  const { rows: kinds } = await bare.query(`select id, kind from ledger_account where id = any ($1)`, [
    inserted[0]?.accounts.map(({ id }) => id),
  ])
  signsOf = (inserted[0]?.accounts ?? []).map(({ id }) => {
    const { kind } = kinds.find(row => row.id === id)
    return kind === 'REAL' || kind === 'VIRTUAL' ? '5' : '-5'
  })
  const byUseCase = posted.map(books => () => postOne(books))
  const byInserts = inserted.map(books => {
    let n = 0
    return () => {
      n += 1
      return insertOne(books, n)
    }
  })
  await Promise.all([...byUseCase, ...byInserts].map(task => task()))
  const rows: object[] = []
  const rates = { useCase: [] as number[], inserts: [] as number[] }
  for (let round = 1; round <= rounds; round++) {
    const inserts = await measure(byInserts)
    const useCase = await measure(byUseCase)
    rates.inserts.push(inserts.perSecond)
    rates.useCase.push(useCase.perSecond)
    rows.push(
      { what: `bare inserts, round ${round}`, ...inserts },
      {
        what: `use case, round ${round}`,
        ...useCase,
      },
    )
  }
  const [one] = posted
  for (const many of [1, 8, 50])
    rows.push({
      what: `use case, ${many} on one account`,
      ...(await measure(Array.from({ length: many }, () => () => postOne(one as Books)))),
    })
  console.table(rows)
  const best = (found: number[]) => Math.max(...found)
  console.log(`use case / bare inserts: ${(best(rates.useCase) / best(rates.inserts)).toFixed(2)}`)
} finally {
  await prisma.$disconnect()
  await pool.end()
  await bare.end()
  await postgres.stop()
  await removePostgresState(stateDir)
  await rm(stateDir, { recursive: true, force: true })
}
process.exit()
