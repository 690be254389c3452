import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readEnvironment } from './env.ts'
import { withFileLock } from './files.ts'
import { findOnPath, lastLines, runCommand } from './run-command.ts'

const timeoutMs = 1_200_000

/** Makes the error for a program that could not be had, of the reason why. */
type Missing = (reason: string) => Error

const runApt = async (missing: Missing, args: string[], cwd?: string): Promise<string> => {
  const apt = findOnPath('apt-get')
  if (!apt) throw missing('apt-get is not on PATH')
  const result = await runCommand(apt, args, { timeoutMs, ...(cwd === undefined ? {} : { cwd }) })
  if (result.code === 0) return result.stdout
  throw missing(`apt-get ${args[0]}: ${lastLines(result.stderr, 3)}`)
}

/** A container's image comes without the lists of packages, and only root may fetch them, one at a time. */
const listed = async <T>(missing: Missing, work: () => Promise<T>): Promise<T> =>
  work().catch(async error => {
    if (process.getuid?.() !== 0) throw error
    await withFileLock(join(readEnvironment().cacheDir, 'apt-lists.lock'), timeoutMs, () =>
      runApt(missing, ['update', '--quiet']),
    )
    return work()
  })

/** These packages and all that this machine lacks for them, by name. */
export const withDependencies = async (packages: readonly string[], missing: Missing): Promise<string[]> => {
  const simulate = ['install', '--simulate', '--no-install-recommends', '--yes', ...packages]
  const plan = await listed(missing, () => runApt(missing, simulate))
  return [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name as string)
}

/** Fetches Debian packages and unpacks them into a folder: nothing is installed on the machine. */
export const unpackDebian = async (root: string, names: readonly string[], missing: Missing): Promise<void> => {
  const archives = join(root, 'archives')
  await mkdir(archives)
  await listed(missing, () => runApt(missing, ['download', '--quiet', ...names], archives))
  for (const archive of (await readdir(archives)).filter(file => file.endsWith('.deb'))) {
    const result = await runCommand('dpkg-deb', ['-x', join(archives, archive), root], { timeoutMs })
    if (result.code !== 0) throw missing(`dpkg-deb: ${lastLines(result.stderr, 3)}`)
  }
  await rm(archives, { recursive: true })
}
