import { type Exit, type RunningServer, type StackFault, stackFault } from '@linghang/devstack'

/** A process that is brought back when it ends without being told to. */
export interface Supervised {
  readonly name: string
  /** The one that runs now, or ran last. */
  server(): RunningServer
  /** Resolves when the process that runs now is ready, at once unless it is being brought back. */
  whenReady(): Promise<void>
  stop(): Promise<void>
}

interface Supervision {
  name: string
  /**
   * Starts it and waits until it is ready.
   *
   * @param onSpawn is told of the process before it is ready, so that a stop need not wait for that
   */
  start(onSpawn: (server: RunningServer) => void): Promise<RunningServer>
  /** Told of every unexpected end. */
  onExit(name: string, exit: Exit): void
  /** Pauses before a restart: the first, doubled with each further one, and the longest. */
  pause?: { firstMs: number; longestMs: number }
  /** Told once, when it has ended too often to go on. */
  onGiveUp(fault: StackFault): void
}

const restartLimit = 10
const windowMs = 300_000
const usualPause = { firstMs: 100, longestMs: 5000 }

const gaveUp = (server: RunningServer): StackFault =>
  stackFault('SERVER_DIED', {
    zh: `${server.name} 在五分钟内退出超过 ${restartLimit} 次，平台停止；请查看日志 ${server.logFile}。`,
    en: `${server.name} ended more than ${restartLimit} times within five minutes, the platform stops; see its log ${server.logFile}.`,
  })

/** Counts ends within the window; undefined when there were too many, else how long to wait. */
const createPatience = ({ firstMs, longestMs }: { firstMs: number; longestMs: number }) => {
  let ends: number[] = []
  return (): number | undefined => {
    const now = performance.now()
    ends = [...ends.filter(at => now - at < windowMs), now]
    return ends.length > restartLimit ? undefined : Math.min(firstMs * 2 ** (ends.length - 1), longestMs)
  }
}

/**
 * Starts a process and keeps it: ten restarts within five minutes, with growing pauses, then it gives up.
 *
 * @throws what the first start throws
 */
export const supervise = async (options: Supervision): Promise<Supervised> => {
  const stopped = new AbortController()
  const patience = createPatience(options.pause ?? usualPause)
  let current: RunningServer | undefined
  const onSpawn = (server: RunningServer): void => {
    current = server
    if (stopped.signal.aborted) server.kill('SIGTERM')
  }
  let running = await options.start(onSpawn)
  current = running

  const pause = (delayMs: number): Promise<void> =>
    new Promise(resolve => {
      const timer = setTimeout(resolve, delayMs)
      stopped.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })

  const bringBack = async (): Promise<boolean> => {
    while (!stopped.signal.aborted) {
      const delayMs = patience()
      if (delayMs === undefined) {
        options.onGiveUp(gaveUp(running))
        return false
      }
      await pause(delayMs)
      if (stopped.signal.aborted) return false
      try {
        running = await options.start(onSpawn)
        current = running
        return true
      } catch {
        // Its own log says why; the next turn counts it as one more end.
      }
    }
    return false
  }

  let comeback: Promise<boolean> = Promise.resolve(true)
  const watch = async (): Promise<void> => {
    while (true) {
      const exit = await running.exited
      if (stopped.signal.aborted) return
      options.onExit(options.name, exit)
      comeback = bringBack()
      if (!(await comeback)) return
    }
  }
  const watching = watch()

  return {
    name: options.name,
    server: () => current ?? running,
    whenReady: async () => {
      if (!(await comeback)) throw gaveUp(running)
    },
    stop: async () => {
      stopped.abort()
      await current?.stop()
      await comeback
      await running.stop()
      if (running.pid !== null) await watching
    },
  }
}
