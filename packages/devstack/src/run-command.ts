import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment, readEnvironment } from './env.ts'

/** What a finished command left: its exit code (null when a signal ended it) and its output. */
export interface CommandResult {
  code: number | null
  stdout: string
  stderr: string
}

const outputLimitChars = 1_000_000

/** The executable of that name on PATH, or undefined. */
export const findOnPath = (name: string, path = readEnvironment().path): string | undefined => {
  for (const folder of path) {
    const candidate = join(folder, name)
    try {
      accessSync(candidate, constants.X_OK)
      if (statSync(candidate).isFile()) return candidate
    } catch {
      // Not in this folder: the next one is asked.
    }
  }
  return undefined
}

const joined = (before: string, chunk: Buffer): string => (before + chunk.toString()).slice(-outputLimitChars)

/**
 * Runs a command to its end. Never throws for a command that fails: the caller says what that means.
 *
 * @param timeoutMs after this the command is killed and `code` is null
 */
export const runCommand = (
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string>; timeoutMs: number; uid?: number; gid?: number },
): Promise<CommandResult> =>
  new Promise(resolve => {
    const { env, timeoutMs, ...rest } = options
    const child = spawn(command, args, {
      ...rest,
      env: childEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      stdout = joined(stdout, chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = joined(stderr, chunk)
    })
    child.on('error', error => resolve({ code: null, stdout, stderr: stderr + error.message }))
    child.on('close', code => resolve({ code, stdout, stderr }))
  })

/** The last lines of an output, for an error message. */
export const lastLines = (text: string, count = 8): string => text.trimEnd().split('\n').slice(-count).join('\n')
