import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { readSchema } from '@linghang/migrations'
import { readEnvironment } from './env.ts'
import { stackFault } from './fault.ts'
import { withFileLock } from './files.ts'
import { lastLines, runCommand } from './run-command.ts'

const timeoutMs = 120_000

const { resolve } = createRequire(import.meta.url)
const prismaEntry = join(dirname(resolve('prisma/package.json')), 'build', 'index.js')

/** What decides the outcome beside the schema: both generators, and what is told to the second. */
const generators = [
  resolve('prisma/package.json'),
  join(dirname(resolve('prisma-kysely/bin')), '..', 'package.json'),
  join(import.meta.dirname, 'generate-tables.ts'),
]

const hashOf = async (schemaDir: string): Promise<string> => {
  const hash = createHash('sha256')
  for (const file of generators) hash.update(await readFile(file))
  for (const { path, content } of await readSchema(schemaDir)) hash.update(`${path}\n${content}`)
  return hash.digest('hex')
}

const generate = async (serviceDir: string): Promise<void> => {
  const args = [prismaEntry, 'generate', '--schema', 'prisma']
  const result = await runCommand(process.execPath, args, {
    cwd: serviceDir,
    timeoutMs,
    env: {
      // Generating needs no schema engine, but the command looks for the binary and would download it.
      PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      // A generator is started as `node`: this one, whatever else is installed.
      PATH: [dirname(process.execPath), ...readEnvironment().path].join(delimiter),
    },
  })
  if (result.code === 0) return
  throw stackFault('GENERATE_FAILED', {
    zh: `无法为 ${serviceDir} 生成 Prisma 客户端：${lastLines(result.stderr || result.stdout)}`,
    en: `Prisma could not generate the client of ${serviceDir} (output above): correct its prisma/*.prisma.`,
  })
}

/**
 * Generates a service's Prisma client and the types of its tables (`tables.ts`) into `prisma/client`, offline; skipped
 * while schema and generators are the same.
 *
 * @param serviceDir folder that holds `prisma/*.prisma`
 * @returns whether it was generated now
 * @throws GENERATE_FAILED with Prisma's own words
 */
export const generateClient = async (serviceDir: string): Promise<boolean> => {
  const schemaDir = join(serviceDir, 'prisma')
  const wanted = await hashOf(schemaDir)
  const stamp = join(schemaDir, 'client', '.schema-hash')
  const isCurrent = async (): Promise<boolean> => existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted
  if (await isCurrent()) return false
  const lock = join(serviceDir, 'node_modules', '.cache', 'generate-client.lock')
  return withFileLock(lock, timeoutMs * 2, async () => {
    if (await isCurrent()) return false
    await generate(serviceDir)
    await writeFile(stamp, wanted)
    return true
  })
}
