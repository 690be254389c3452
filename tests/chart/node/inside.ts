import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { lastLines, runCommand } from '@linghang/devstack'

const commandTimeoutMs = 60_000

/** Runs a command to its end. @throws Error with its last words when it fails */
export const must = async (command: string, ...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await runCommand(command, args, { timeoutMs: commandTimeoutMs })
  if (code === 0) return stdout
  throw new Error(`${command} ${args.join(' ').slice(0, 120)}: ${lastLines(stderr || stdout, 5)}`)
}

/** Whether a command succeeds. */
export const does = async (command: string, ...args: string[]): Promise<boolean> =>
  (await runCommand(command, args, { timeoutMs: commandTimeoutMs })).code === 0

/** Starts a program that stays, with its output in a file of its name. The node's end is its end. */
export const launch = (logs: string, name: string, command: string, args: string[], cwd?: string): void => {
  const log = openSync(join(logs, `${name}.log`), 'a')
  const child = spawn(command, args, { cwd, stdio: ['ignore', log, log] })
  child.on('error', error => console.error(`${name} could not be started: ${error.message}`))
  child.on('exit', (code, signal) => console.error(`${name} has ended (${signal ?? code})`))
}

/** Asks again until the answer is yes. @throws Error that names what was waited for */
export const waitUntil = async (what: string, isSo: () => Promise<boolean>, timeoutMs = 90_000): Promise<void> => {
  const endAt = performance.now() + timeoutMs
  while (!(await isSo())) {
    if (performance.now() > endAt) throw new Error(`${what}: not within ${timeoutMs / 1000} s`)
    await wait(100)
  }
}
