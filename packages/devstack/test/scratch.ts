import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunningServer } from '../src/index.ts'
import { removePostgresState } from '../src/index.ts'

/** Folders and servers of one test file, all gone at its end. */
export const createScratch = () => {
  const servers: RunningServer[] = []
  const folders: string[] = []
  return {
    folder: async (): Promise<string> => {
      const folder = await mkdtemp(join(tmpdir(), 'linghang-devstack-'))
      folders.push(folder)
      return folder
    },
    ended: <S extends RunningServer>(server: S): S => {
      servers.push(server)
      return server
    },
    clean: async (): Promise<void> => {
      for (const server of servers) await server.stop()
      for (const folder of folders) {
        if (existsSync(folder)) await removePostgresState(folder)
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

/** Progress that nobody reads. */
export const quiet = (): void => undefined

/** Ends a server as a crash would, and waits until it is gone. */
export const crash = async (server: RunningServer): Promise<void> => {
  server.kill('SIGKILL')
  await server.exited
}

/** What a promise was rejected with; a promise that is fulfilled is the failure. */
export const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('expected a rejection')
}
