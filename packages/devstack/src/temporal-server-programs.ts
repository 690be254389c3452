import { chmod, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchOnce } from './cache.ts'
import { stackFault } from './fault.ts'
import { type Report, timed } from './report.ts'
import { findOnPath, lastLines, runCommand } from './run-command.ts'
import { versions } from './versions.ts'

/** Temporal's server proper, and the tool that keeps its schema in PostgreSQL. Both are one file without libraries. */
export interface TemporalServerPrograms {
  server: string
  sqlTool: string
}

const module = join(import.meta.dirname, '../temporal-server')
const buildTimeoutMs = 3_600_000
const [serverPackage, toolPackage] = ['go.temporal.io/server/cmd/server', 'go.temporal.io/server/cmd/tools/sql']

/** Static, so that they run in an image with nothing else in it; with the least priority, since it takes minutes. */
const build = async (folder: string): Promise<void> => {
  const [go, nice] = [findOnPath('go'), findOnPath('nice')]
  const args = [
    'build',
    '-trimpath',
    '-mod=readonly',
    '-ldflags',
    '-s -w',
    '-o',
    `${folder}/`,
    serverPackage,
    toolPackage,
  ]
  const result = go
    ? await runCommand(nice ?? go, nice ? ['-n', '15', go, ...args] : args, {
        ...{ cwd: module, env: { CGO_ENABLED: '0' }, timeoutMs: buildTimeoutMs },
      })
    : { code: null, stderr: 'go is not on PATH' }
  if (result.code !== 0)
    throw stackFault('FETCH_FAILED', {
      zh: `无法用 Go 构建 Temporal 服务器 ${versions.temporalServer}：${lastLines(result.stderr, 3)}`,
      en: `Temporal's server ${versions.temporalServer} could not be built with Go (reason above): install Go and check the network.`,
    })
  await rename(join(folder, 'server'), join(folder, 'temporal-server'))
  await rename(join(folder, 'sql'), join(folder, 'temporal-sql-tool'))
  for (const program of ['temporal-server', 'temporal-sql-tool']) await chmod(join(folder, program), 0o755)
}

/**
 * Finds Temporal's server proper in this user's cache; Go builds it there once, from the sums in `temporal-server/go.sum`.
 *
 * @throws FETCH_FAILED
 */
export const temporalServerPrograms = async (report: Report): Promise<TemporalServerPrograms> => {
  const detail = `build the server ${versions.temporalServer} with Go (once, some minutes)`
  const folder = await fetchOnce(`temporal-server-${versions.temporalServer}`, inner =>
    timed(report, 'temporal', detail, () => build(inner)),
  )
  return { server: join(folder, 'temporal-server'), sqlTool: join(folder, 'temporal-sql-tool') }
}
