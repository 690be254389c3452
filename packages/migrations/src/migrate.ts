import { setTimeout as after } from 'node:timers/promises'
import type pg from 'pg'
import { applyFile } from './apply.ts'
import { onServer } from './connection.ts'
import { migrationFault, saidBy } from './fault.ts'
import { type MigrationFile, readMigrations } from './files.ts'
import { type Plan, planOf } from './plan.ts'
import { requirePrepared } from './prepared.ts'
import { closeBegun, readRecords, recordApplied } from './records.ts'

/** Prisma's own: its engine and we wait for each other. */
const lockKey = 72_707_369
/** So long a migration waits for a table before it lets those pass that queue behind it, and tries again. */
const tableWaitMs = 2_000
const betweenTriesMs = 500
const statementMs = 30 * 60_000

/** What is told while it happens. */
export type MigrationLog = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export type MigrateOptions = {
  /** The owner of the database, on PostgreSQL itself or through any pooler. */
  url: string
  /** Folder that holds `<time>_<name>/migration.sql`. */
  migrationsDir: string
  /** How long to wait for another run, or for whoever uses a table. */
  lockSeconds?: number
  log?: MigrationLog
}

const silent: MigrationLog = { info: () => undefined, warn: () => undefined }
const sqlStateOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code
/** Not had in time: a lock; or the other has been chosen to go on, of two that wait for each other. */
const isLocked = (error: unknown): boolean => ['55P03', '40P01'].includes(String(sqlStateOf(error)))
/** There is a schema, table, column, function, constraint, index, policy or trigger of that name already. */
const isThere = (error: unknown): boolean =>
  ['42P06', '42P07', '42701', '42723', '42710'].includes(String(sqlStateOf(error)))

const busy = (database: string, what: { zh: string; en: string }, seconds: number, cause: unknown) =>
  migrationFault(
    'DATABASE_BUSY',
    {
      zh: `数据库 ${database}：等待 ${seconds} 秒后${what.zh}。请稍后重试，或调大 MIGRATE_LOCK_SECONDS。`,
      en: `Database ${database}: after ${seconds} seconds ${what.en}. Try again later, or raise MIGRATE_LOCK_SECONDS.`,
    },
    cause,
  )

const failed = (database: string, file: MigrationFile | undefined, error: unknown, wasBegun: boolean) => {
  const said = saidBy(error)
  const name = file?.name ?? '_prisma_migrations'
  if (wasBegun && isThere(error))
    return migrationFault(
      'MIGRATION_HALF_DONE',
      {
        zh: `数据库 ${database}：迁移 ${name} 曾由另一程序执行而中断，其内容似已存在（${said}）。核对后在 _prisma_migrations 中将它记为完成（finished_at），再重试。`,
        en: `Database ${database}: migration ${name} was begun by another program that was cut off, and what it makes seems to be there (${said}). Look, then record it as finished in _prisma_migrations (finished_at), and try again.`,
      },
      error,
    )
  return migrationFault(
    'MIGRATION_FAILED',
    {
      zh: `数据库 ${database} 的迁移 ${name} 失败，未留下任何改动：${said}`,
      en: `Migration ${name} of database ${database} failed and has left nothing: ${said}`,
    },
    error,
  )
}

/** What became of a step: a migration is applied, there is none left, or a lock was not had in time. */
type Step = { applied: MigrationFile } | { ahead: string[] } | { waits: unknown; file: MigrationFile | undefined }

/** One migration in its transaction: what there is to do is read behind the lock, so that two runs take turns. */
const step = async (
  client: pg.Client,
  database: string,
  files: readonly MigrationFile[],
  waitMs: number,
): Promise<Step> => {
  let plan: Plan | undefined
  let file: MigrationFile | undefined
  await client.query('begin')
  try {
    await client.query(`set local search_path = public; set local timezone = 'UTC'; set local client_min_messages = warning;
      set local statement_timeout = ${statementMs}; set local client_connection_check_interval = 2000;
      set local lock_timeout = ${waitMs}`)
    await requirePrepared(client, database)
    await client.query(`select pg_advisory_xact_lock(${lockKey})::text`)
    plan = planOf(database, files, await readRecords(client))
    ;[file] = plan.pending
    if (file) {
      await client.query(`set local lock_timeout = ${Math.min(tableWaitMs, waitMs)}`)
      if (plan.begun.has(file.name)) await closeBegun(client, file.name)
      await applyFile(client, file)
      await recordApplied(client, file)
    }
    await client.query('commit')
    return file ? { applied: file } : { ahead: plan.ahead }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    if (error instanceof Error && error.name === 'MigrationFault') throw error
    if (isLocked(error)) return { waits: error, file }
    throw failed(database, file, error, file !== undefined && (plan?.begun.has(file.name) ?? false))
  }
}

const databaseOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1))

/**
 * Brings one database up to date: its files in order, each in a transaction together with its record. Killed at any
 * moment, it leaves whole migrations; run again or twice at a time, it goes on where the last one is.
 *
 * @returns names of the migrations that were applied now, by this run
 * @throws a fault of this package, whose sentence names the database and the migration
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { url, lockSeconds = 300, log = silent } = options
  const database = databaseOf(url)
  const files = await readMigrations(options.migrationsDir)
  return onServer(url, async client => {
    const applied: string[] = []
    let waited = Date.now() + lockSeconds * 1_000
    for (;;) {
      const began = Date.now()
      const done = await step(client, database, files, Math.max(waited - began, 1))
      if ('waits' in done) {
        const { waits, file } = done
        const what = file
          ? { zh: `迁移 ${file.name} 所需的表仍被占用`, en: `tables of migration ${file.name} are still in use` }
          : { zh: '另一迁移仍在进行', en: 'another run still migrates it' }
        if (Date.now() + betweenTriesMs > waited || !file) throw busy(database, what, lockSeconds, waits)
        log.warn({ database, migration: file.name }, 'a migration waits for tables that are in use')
        await after(betweenTriesMs)
        continue
      }
      if ('ahead' in done) {
        const { ahead } = done
        if (ahead.length > 0) log.warn({ database, ahead }, 'the database is of a newer release, whose migrations stay')
        return applied
      }
      const { name } = done.applied
      applied.push(name)
      log.info({ database, migration: name, ms: Date.now() - began }, 'applied')
      // The bound is on waiting, not on work: each migration may wait as long.
      waited = Date.now() + lockSeconds * 1_000
    }
  })
}
