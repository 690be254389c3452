import { execFileSync } from 'node:child_process'
import { copyFileSync, lstatSync, lutimesSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Copies a checkout as it stands, without what git ignores: images that are built one after the other are of one state,
 * and equal files have equal times, by which a builder tells whether it has met them before.
 * @returns the commit's name, which says so where something is changed and not committed
 */
export function takeSnapshot(root: string, to: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  rmSync(to, { recursive: true, force: true })
  for (const file of git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')) {
    const from = join(root, file)
    const stats = file === '' ? undefined : lstatSync(from, { throwIfNoEntry: false })
    if (!stats) continue
    mkdirSync(dirname(join(to, file)), { recursive: true })
    if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), join(to, file))
    else copyFileSync(from, join(to, file))
    lutimesSync(join(to, file), 0, 0)
  }
  return git('rev-parse', 'HEAD').trim() + (git('status', '--porcelain') === '' ? '' : '-changed')
}
