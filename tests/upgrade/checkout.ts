import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Runs a command to its end, in sight. */
function run(command: string, args: readonly string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`${command} ${args.slice(0, 3).join(' ')} ended with ${status}`)
}

/**
 * An earlier commit or tag of this repository in a folder of its own, installed, with what it generates; kept for the next
 * time.
 * @throws Error where the clone does not hold it
 */
export function checkOut(root: string, commit: string): { dir: string; id: string } {
  const found = spawnSync('git', ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`], { cwd: root })
  const id = found.stdout.toString().trim().slice(0, 12)
  if (id === '')
    throw new Error(`${commit} is not in this clone: fetch it, or its whole history (git fetch --unshallow)`)
  const dir = join(root, '.linghang/upgrade', id)
  if (!existsSync(join(dir, 'package.json'))) {
    mkdirSync(dir, { recursive: true })
    const archive = execFileSync('git', ['archive', id], { cwd: root, maxBuffer: 1 << 30 })
    execFileSync('tar', ['-x', '-C', dir], { input: archive })
  }
  if (!existsSync(join(dir, 'node_modules')))
    run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], dir)
  if (!existsSync(join(dir, 'services/workflows/prisma/client'))) run('npm', ['run', '-s', 'schemas'], dir)
  return { dir, id }
}
