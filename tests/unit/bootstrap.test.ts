import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'

const bootstrap = pathToFileURL(fileURLToPath(new URL('../../deploy/local/bootstrap.mjs', import.meta.url))).href

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('platform what npm has started ends when a supervisor has ended npm', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linghang-'))
  const pidFile = join(folder, 'pid')
  const started = join(folder, 'runs.mjs')
  await writeFile(
    started,
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(pidFile)}, String(process.pid))\nsetInterval(() => undefined, 1000)`,
  )
  const script = `import(${JSON.stringify(bootstrap)}).then(({ runFile }) => runFile(${JSON.stringify(started)}, []))`
  // npm runs a script under a shell and waits for it; a signal that ends npm reaches neither.
  const npm = spawn('sh', ['-c', `"${process.execPath}" -e '${script}' & wait`], { stdio: 'ignore' })
  const pid = Number(
    await until(
      () =>
        readFile(pidFile, 'utf8').then(
          text => text || null,
          () => null,
        ),
      20_000,
    ),
  )
  expect(isAlive(pid)).toBe(true)
  npm.kill('SIGKILL')
  await once(npm, 'exit')
  await until(async () => !isAlive(pid), 20_000, 'it has ended')
}, 60_000)
