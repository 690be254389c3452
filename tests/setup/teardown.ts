import { rm } from 'node:fs/promises'
import { logTail, type RunningServer, removePostgresState } from '@linghang/devstack'

declare global {
  var endOfRun: (() => Promise<void>) | undefined
}

/** Remembers what a set-up has started, so that it is stopped in the reverse order, newest first. */
export function keepForTeardown(stateDir: string) {
  const servers: RunningServer[] = []
  let ending = false
  const end = async (): Promise<void> => {
    ending = true
    const [database, broker, ...services] = servers
    await Promise.all(services.map(server => server.stop()))
    await Promise.all([database?.stop(), broker?.stop()])
    await removePostgresState(stateDir)
    await rm(stateDir, { recursive: true, force: true })
  }
  globalThis.endOfRun = end
  return {
    keep<S extends RunningServer>(server: S): S {
      servers.push(server)
      // A server that dies under the tests makes all of them fail for a reason that none of them can show.
      void server.exited.then(({ code, signal }) => {
        if (ending) return
        const tail = server.logFile ? logTail(server.logFile, 40) : ''
        process.stderr.write(`${server.name} died (${signal ?? code}):\n${tail}\n`)
      })
      return server
    },
    end,
  }
}

/** Ends what the set-up of this run has started and removes its folder; also after tests that failed. */
export default async function tearDown(): Promise<void> {
  await globalThis.endOfRun?.()
}
