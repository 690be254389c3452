import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { stackFault } from './fault.ts'
import { withFileLock } from './files.ts'
import { lastLines, runCommand } from './run-command.ts'

const timeoutMs = 120_000

const prisma = async (): Promise<{ entry: string; version: string }> => {
  const manifest = createRequire(import.meta.url).resolve('prisma/package.json')
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  return { entry: join(dirname(manifest), 'build', 'index.js'), version }
}

const generate = async (serviceDir: string, entry: string): Promise<void> => {
  const args = [entry, 'generate', '--schema', join('prisma', 'schema.prisma')]
  const result = await runCommand(process.execPath, args, {
    cwd: serviceDir,
    timeoutMs,
    // Generating needs no schema engine, but the command looks for the binary and would download it.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  })
  if (result.code === 0) return
  throw stackFault('GENERATE_FAILED', {
    zh: `无法为 ${serviceDir} 生成 Prisma 客户端：${lastLines(result.stderr || result.stdout)}`,
    en: `Prisma could not generate the client of ${serviceDir} (output above): correct its prisma/schema.prisma.`,
  })
}

/**
 * Generates a service's Prisma client into `prisma/client`, offline; skipped while schema and Prisma are the same.
 *
 * @param serviceDir folder that holds `prisma/schema.prisma`
 * @returns whether it was generated now
 * @throws GENERATE_FAILED with Prisma's own words
 */
export const generateClient = async (serviceDir: string): Promise<boolean> => {
  const { entry, version } = await prisma()
  const schema = await readFile(join(serviceDir, 'prisma', 'schema.prisma'))
  const wanted = createHash('sha256').update(version).update(schema).digest('hex')
  const stamp = join(serviceDir, 'prisma', 'client', '.schema-hash')
  const isCurrent = async (): Promise<boolean> => existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted
  if (await isCurrent()) return false
  const lock = join(serviceDir, 'node_modules', '.cache', 'generate-client.lock')
  return withFileLock(lock, timeoutMs * 2, async () => {
    if (await isCurrent()) return false
    await generate(serviceDir, entry)
    await writeFile(stamp, wanted)
    return true
  })
}
