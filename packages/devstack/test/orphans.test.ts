import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import pg from 'pg'
import { identify, startPostgres, waitGone } from '../src/index.ts'
import { createScratch, quiet } from './scratch.ts'

const scratch = createScratch()
jest.setTimeout(120_000)
afterAll(() => scratch.clean())

const supervisor = (stateDir: string): string => `
  const { startPostgres } = await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)})
  const { pid, superuserUrl } = await startPostgres({ stateDir: ${JSON.stringify(stateDir)}, report: () => undefined })
  console.log(JSON.stringify({ pid, superuserUrl }))
`

describe('platform servers whose supervisor was killed', () => {
  test('platform recognises its own orphan, ends it, and goes on with its data', async () => {
    const stateDir = await scratch.folder()
    const child = spawn(process.execPath, ['--input-type=module', '-e', supervisor(stateDir)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(createInterface(child.stdout), 'line')
    const orphan: { pid: number; superuserUrl: string } = JSON.parse(line)
    const client = new pg.Client({ connectionString: orphan.superuserUrl })
    await client.connect()
    await client.query('create table kept as select 7 as answer')
    await client.end()
    const identity = identify(orphan.pid)
    child.kill('SIGKILL')
    await new Promise(resolve => child.once('exit', resolve))
    expect(identify(orphan.pid)).toEqual(identity)
    const server = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    expect(identity && (await waitGone(identity, 0))).toBe(true)
    const again = new pg.Client({ connectionString: server.superuserUrl })
    await again.connect()
    expect((await again.query('select answer from kept')).rows).toEqual([{ answer: 7 }])
    await again.end()
  })
})
