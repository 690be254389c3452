import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchOnce } from './cache.ts'
import { stackFault } from './fault.ts'
import { type Report, timed } from './report.ts'
import { findOnPath, lastLines, runCommand } from './run-command.ts'
import { versions } from './versions.ts'

const program = 'versitygw'
const buildTimeoutMs = 900_000

const onPath = async (): Promise<string | undefined> => {
  const command = findOnPath(program)
  if (!command) return undefined
  const { stdout } = await runCommand(command, ['--version'], { timeoutMs: 10_000 })
  return stdout.includes(versions.versitygw) ? command : undefined
}

const build = async (folder: string): Promise<void> => {
  const go = findOnPath('go')
  const result = go
    ? await runCommand(go, ['install', `github.com/versity/versitygw/cmd/versitygw@${versions.versitygw}`], {
        env: { GOBIN: folder },
        timeoutMs: buildTimeoutMs,
      })
    : { code: null, stderr: 'go is not on PATH' }
  if (result.code === 0) return chmod(join(folder, program), 0o755)
  throw stackFault('FETCH_FAILED', {
    zh: `无法用 go install 取得 ${program} ${versions.versitygw}：${lastLines(result.stderr, 3)}`,
    en: `${program} ${versions.versitygw} could not be fetched with go install (reason above): install Go and check the network, or put ${program} on PATH, or set LINGHANG_OBJECT_STORE_URL.`,
  })
}

/**
 * Finds the S3-compatible store: on PATH when it is our version, this user's cache, built by Go.
 *
 * @throws FETCH_FAILED
 */
export const findVersitygw = async (report: Report): Promise<string> => {
  const found = await onPath()
  if (found) return found
  const folder = await fetchOnce(`${program}-${versions.versitygw}`, inner =>
    timed(report, 'objects', `build ${program} ${versions.versitygw} with go install`, () => build(inner)),
  )
  return join(folder, program)
}
