import { migrationFault } from './fault.ts'
import { isOf, type MigrationFile } from './files.ts'

/** What a database says of a migration. */
export interface MigrationRecord {
  name: string
  checksum: string
  /** `begun`: a program that keeps its record apart from its work was cut off in between. */
  state: 'applied' | 'begun'
  /** The release whose services can no longer work with what this one has taken away; see `contractOf`. */
  contract: string | null
}

/** What there is to do. */
export interface Plan {
  /** In order. */
  pending: MigrationFile[]
  /** Of those the ones that another program began and did not end. */
  begun: ReadonlySet<string>
  /** Applied by a newer release than this. */
  ahead: string[]
}

/** A line that ends the transaction in which the file and its record belong together. */
const endsTransaction = /^\s*(?:begin|commit|rollback|start\s+transaction)(?:\s+(?:work|transaction))?\s*;/im
const quoted = /\$(\w*)\$[\s\S]*?\$\1\$/g

const marked = /^-- contract: (\d+\.\d+\.\d+) /m

/**
 * A migration that takes something away says so in a line `-- contract: 0.3.0 …`: the first release whose services no longer
 * need it. Services of earlier ones cannot work with the database from then on.
 */
export const contractOf = ({ sql }: MigrationFile): string | null => marked.exec(sql)?.[1] ?? null

const refuseChanged = (database: string, name: string): never => {
  throw migrationFault('MIGRATION_CHANGED', {
    zh: `数据库 ${database}：迁移 ${name} 执行之后文件被改动。请恢复原文件，改动另写一个新的迁移。`,
    en: `Database ${database}: the file of migration ${name} was changed after it was applied. Put it back as it was, and write the change as a migration of its own.`,
  })
}

const refuseMissing = (database: string, name: string): never => {
  throw migrationFault('MIGRATION_MISSING', {
    zh: `数据库 ${database}：已执行的迁移 ${name} 没有对应文件。这些文件与迁移该数据库的版本不是同一系列。`,
    en: `Database ${database}: migration ${name} was applied and has no file here. These files are not of the line of releases that migrated it.`,
  })
}

const refuseAhead = (database: string, name: string, release: string): never => {
  throw migrationFault('DATABASE_AHEAD', {
    zh: `数据库 ${database} 已由迁移 ${name} 收缩：${release} 之前的服务不能再使用它。请部署 ${release} 或更新的版本，或恢复备份。`,
    en: `Database ${database} was contracted by migration ${name}: services before ${release} can no longer work with it. Deploy ${release} or newer, or restore a backup.`,
  })
}

/**
 * Holds files against what was applied.
 *
 * @throws MIGRATION_CHANGED, MIGRATION_MISSING, MIGRATION_REFUSED, DATABASE_AHEAD naming the migration
 */
export function planOf(database: string, files: readonly MigrationFile[], records: readonly MigrationRecord[]): Plan {
  const byName = new Map(files.map(file => [file.name, file]))
  const applied = records.filter(({ state }) => state === 'applied')
  const done = new Set(applied.map(({ name }) => name))
  const pending = files.filter(({ name }) => !done.has(name))
  const last = files.at(-1)?.name ?? ''
  const ahead: string[] = []
  for (const { name, checksum, contract } of applied) {
    const file = byName.get(name)
    if (file && !isOf(checksum, file)) refuseChanged(database, name)
    if (file) continue
    // An older release that runs once more finds migrations of the newer one, behind all of its own.
    if (name <= last || pending.length > 0) refuseMissing(database, name)
    if (contract !== null) refuseAhead(database, name, contract)
    ahead.push(name)
  }
  for (const file of pending) {
    if (!endsTransaction.test(file.sql.replaceAll(quoted, ''))) continue
    throw migrationFault('MIGRATION_REFUSED', {
      zh: `迁移 ${file.name} 自行开始或结束事务：每个迁移在一个事务中执行，请删去 begin/commit/rollback。`,
      en: `Migration ${file.name} begins or ends a transaction itself: each is run in one of its own, so take begin, commit and rollback out.`,
    })
  }
  const begun = new Set(records.filter(({ state }) => state === 'begun').map(({ name }) => name))
  return { pending, begun, ahead }
}
