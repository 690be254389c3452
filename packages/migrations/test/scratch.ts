import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { surroundings } from '@linghang/harness/surroundings'
import pg from 'pg'
import { migrateDatabase } from '../src/index.ts'

/** A database and a folder of migrations of their own. */
export async function openScratch() {
  const folder = await mkdtemp(join(tmpdir(), 'linghang-migrations-'))
  const database = `notes_${randomUUID()}`
  const superuserUrl = surroundings().postgresUrl
  const url = new URL(superuserUrl)
  url.pathname = `/${database}`
  const clients: pg.Client[] = []
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url.href })
    client.on('error', () => undefined)
    await client.connect()
    clients.push(client)
    return client
  }
  return {
    folder,
    database,
    migrationsDir: join(folder, 'migrations'),
    connect,
    async query(sql: string): Promise<Record<string, unknown>[]> {
      const client = await connect()
      return (await client.query(sql)).rows
    },
    async write(name: string, sql: string): Promise<void> {
      await mkdir(join(folder, 'migrations', name), { recursive: true })
      await writeFile(join(folder, 'migrations', name, 'migration.sql'), sql)
    },
    remove: (name: string) => rm(join(folder, 'migrations', name), { recursive: true }),
    migrate: () => migrateDatabase({ superuserUrl, database, migrationsDir: join(folder, 'migrations') }),
    async close(): Promise<void> {
      await Promise.all(clients.map(client => client.end()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Line = { level: string; msg: string; database?: string; code?: string; applied?: number }

/** Runs the program of the image, and gives what it said and how it ended. `started` may end it before its time. */
export async function runProgram(env: Record<string, string>, started: (kill: () => void) => void = () => undefined) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../src/main.ts')],
    { env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.on('data', chunk => {
    said += chunk
  })
  started(() => child.kill('SIGKILL'))
  const [code] = await new Promise<[number | null]>(resolve => child.on('close', status => resolve([status])))
  const lines = said
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Line)
  return { code, lines, said }
}
