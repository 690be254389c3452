import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * A process as it can be recognised again: numbers are reused by the kernel, a number with its start time is not.
 */
export interface ProcessIdentity {
  pid: number
  startedAt: string
}

const startOnLinux = (pid: number): string | undefined => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The program's name stands in brackets and may hold spaces, so the fields are counted after the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  return state === 'Z' || state === 'X' ? undefined : fields[19]
}

const startElsewhere = (pid: number): string | undefined =>
  execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim() || undefined

/** When a process began, in the kernel's own notation; undefined when it is gone or only waits to be reaped. */
const startOf = (pid: number): string | undefined => {
  try {
    return process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid)
  } catch {
    return undefined
  }
}

/** The identity of a live process, undefined when there is none of that number. */
export const identify = (pid: number): ProcessIdentity | undefined => {
  const startedAt = startOf(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** Whether exactly this process still lives. */
export const isAlive = (identity: ProcessIdentity): boolean => startOf(identity.pid) === identity.startedAt

/**
 * Waits until a process that is not our child is gone.
 *
 * @param timeoutMs bound of the wait
 * @returns whether it is gone
 */
export const waitGone = async (identity: ProcessIdentity, timeoutMs: number): Promise<boolean> => {
  const endAt = performance.now() + timeoutMs
  while (isAlive(identity)) {
    if (performance.now() > endAt) return false
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  return true
}
