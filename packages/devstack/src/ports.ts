import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { stackFault } from './fault.ts'

// Below the ranges from which kernels take the ports of outgoing connections: a client that dials a server which is
// down could otherwise be given that very port as its own and keep the server from coming back.
const lowestPort = 20_000
const highestPort = 32_000
const attempts = 200

/** Whether a port of 127.0.0.1 can be listened on now. */
export const isPortFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })

/** A free port of 127.0.0.1. */
export const findFreePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowestPort, highestPort)
    if (await isPortFree(port)) return port
  }
  throw stackFault('PORT_BUSY', {
    zh: `在 ${lowestPort} 到 ${highestPort} 之间找不到空闲端口，请关闭一些程序后重试。`,
    en: `No free port found between ${lowestPort} and ${highestPort}: close some programs and try again.`,
  })
}

/** Stops with a clear sentence when a port that was asked for is taken. */
export const assertPortFree = async (
  port: number,
  owner: string,
  remedy: { zh: string; en: string },
): Promise<void> => {
  if (await isPortFree(port)) return
  throw stackFault('PORT_BUSY', {
    zh: `${owner} 要用的端口 127.0.0.1:${port} 已被占用：${remedy.zh}`,
    en: `Port 127.0.0.1:${port}, wanted by ${owner}, is in use: ${remedy.en}`,
  })
}

/**
 * The port for a server: the one asked for (an error when it is taken), else the remembered one while it is free,
 * else any free one.
 */
export const choosePort = async (owner: string, asked?: number, remembered?: number): Promise<number> => {
  if (asked !== undefined) {
    await assertPortFree(asked, owner, {
      zh: '请先结束占用它的程序，或换一个端口。',
      en: 'end the program that holds it, or choose another port.',
    })
    return asked
  }
  return remembered !== undefined && (await isPortFree(remembered)) ? remembered : findFreePort()
}
