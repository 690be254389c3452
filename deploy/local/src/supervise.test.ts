import { describe, expect, test } from '@jest/globals'
import type { Exit, RunningServer, StackFault } from '@linghang/devstack'
import { supervise } from './supervise.ts'

/** A process without a kernel: it ends when the test says so. */
const createLife = (pid: number): RunningServer => {
  const { promise: exited, resolve } = Promise.withResolvers<Exit>()
  const end = (signal: NodeJS.Signals): void => resolve({ code: null, signal })
  return { name: 'org', pid, port: 1, logFile: 'org.log', exited, kill: end, stop: async () => end('SIGTERM') }
}

const begin = async (livesAt: (start: number) => boolean) => {
  const seen = { starts: 0 }
  const gaveUp = Promise.withResolvers<StackFault>()
  let noticed = Promise.withResolvers<void>()
  const supervised = await supervise({
    name: 'org',
    start: async () => {
      seen.starts += 1
      if (!livesAt(seen.starts)) throw new Error('died while starting')
      return createLife(seen.starts)
    },
    pause: { firstMs: 1, longestMs: 1 },
    onExit: () => noticed.resolve(),
    onGiveUp: gaveUp.resolve,
  })
  const crash = async (): Promise<void> => {
    noticed = Promise.withResolvers<void>()
    supervised.server().kill('SIGKILL')
    await noticed.promise
  }
  return { supervised, seen, crash, gaveUp: gaveUp.promise }
}

describe('platform supervision', () => {
  test('platform brings a process back that has ended, also when the first attempt to do so fails', async () => {
    const { supervised, seen, crash } = await begin(start => start !== 2)
    await crash()
    await supervised.whenReady()
    expect({ starts: seen.starts, pid: supervised.server().pid }).toEqual({ starts: 3, pid: 3 })
    await supervised.stop()
  })

  test('platform leaves a process ended that was told to stop', async () => {
    const { supervised, seen } = await begin(() => true)
    await supervised.stop()
    expect(seen.starts).toBe(1)
    expect(await supervised.server().exited).toEqual({ code: null, signal: 'SIGTERM' })
  })

  test('platform gives up after ten restarts in vain and names the log', async () => {
    const { supervised, seen, crash, gaveUp } = await begin(start => start === 1)
    await crash()
    expect(await gaveUp).toMatchObject({ code: 'SERVER_DIED', en: expect.stringContaining('org.log') })
    expect(seen.starts).toBe(1 + 10)
    await expect(supervised.whenReady()).rejects.toMatchObject({ code: 'SERVER_DIED' })
    await supervised.stop()
  })
})
