import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, jest, test } from '@jest/globals'
import { systemActor } from '@linghang/access'
import { findFreePort } from '@linghang/devstack'
import { createAsk } from '@linghang/harness/ask'
import { databaseUrl } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { imageNamed } from './built.ts'

jest.setTimeout(300_000)

const ticksASecond = 100
const at = surroundings()
const { d: _secret, ...publicKey } = at.internalTokenKey

/** Seconds of a processor that a process has had. */
const cpuSeconds = (pid: number): number => {
  const [user, system] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? []
  return ((user ?? 0) + (system ?? 0)) / ticksASecond
}

/** The org service of its image, against real servers; it is ended by SIGTERM. */
async function run(more: Record<string, string> = {}) {
  const [port, management] = [await findFreePort(), await findFreePort()]
  const { file, args } = imageNamed('org').command({
    ...{ HOST: '127.0.0.1', PORT: String(port), MANAGEMENT_PORT: String(management) },
    DATABASE_URL: databaseUrl(at, 'org'),
    KAFKA_BROKERS: at.kafkaBrokers,
    INTERNAL_TOKEN_JWKS: JSON.stringify({ keys: [publicKey] }),
    REGISTER_KEYS: JSON.stringify(at.registerKeys),
    CURSOR_KEY: at.cursorKey,
    ...more,
  })
  const begunMs = performance.now()
  const process = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [process.stdout, process.stderr]) stream.on('data', chunk => said.push(chunk))
  const exited = once(process, 'exit')
  const pid = process.pid as number
  try {
    await until(
      async () => (await fetch(`http://127.0.0.1:${management}/health/ready`)).ok,
      120_000,
      'the image is ready',
    )
  } catch (error) {
    process.kill('SIGKILL')
    throw new Error(Buffer.concat(said).toString().slice(-4_000), { cause: error })
  }
  return {
    url: `http://127.0.0.1:${port}`,
    ...{ pid, cpu: cpuSeconds(pid), readyMs: performance.now() - begunMs },
    async end(): Promise<number | null> {
      process.kill('SIGTERM')
      const [code] = await exited
      return code
    },
  }
}

describe('platform an image against real servers', () => {
  test('platform it answers as nobody on a read-only root, and has written nothing', async () => {
    const org = await run()
    try {
      expect(readFileSync(`/proc/${org.pid}/status`, 'utf8').split('\n')).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^Uid:\t65532\t65532\t65532\t65532$/),
          expect.stringMatching(/^CapEff:\t0{16}$/),
          'NoNewPrivs:\t1',
        ]),
      )
      const answer = await createAsk(org.url)(systemActor(randomUUID()), '{ organisations(first: 1) { totalCount } }')
      expect(answer).toMatchObject({ status: 200, errors: [] })
      expect(globSync('**/*', { cwd: `/proc/${org.pid}/root/tmp` })).toEqual([])
    } finally {
      expect(await org.end()).toBe(0)
    }
  })

  test('platform what was compiled while it was made spares it work at its start', async () => {
    const measured: { with: number[]; without: number[] } = { with: [], without: [] }
    for (let turn = 0; turn < 2; turn++)
      for (const [how, env] of [
        ['with', {}],
        ['without', { NODE_DISABLE_COMPILE_CACHE: '1' }],
      ] as const) {
        const org = await run(env)
        measured[how].push(org.cpu)
        console.log(`${how} compiled code: ready after ${Math.round(org.readyMs)} ms, ${org.cpu} CPU-s`)
        await org.end()
      }
    expect(Math.min(...measured.with)).toBeLessThan(Math.min(...measured.without))
  })
})
