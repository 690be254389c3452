import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import pg from 'pg'
import { findFreePort, startPostgres } from '../src/index.ts'
import { crash, createScratch, quiet, rejection } from './scratch.ts'

const scratch = createScratch()
jest.setTimeout(120_000)
afterAll(() => scratch.clean())

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('platform PostgreSQL on a laptop', () => {
  test('platform PostgreSQL keeps what was committed over kill -9, at the same address', async () => {
    const stateDir = await scratch.folder()
    const first = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    await query(first.superuserUrl, 'create table kept as select 42 as answer')
    await crash(first)
    const second = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    expect(second.superuserUrl).toBe(first.superuserUrl)
    expect(await query(second.superuserUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
    const settings = "select setting from pg_settings where name in ('fsync', 'max_connections', 'listen_addresses')"
    const found = (await query(second.superuserUrl, settings)).map(row => row.setting)
    expect(found.sort()).toEqual(['127.0.0.1', '300', 'on'])
  })

  test('platform PostgreSQL starts although its stale pid file names a process that lives, of the same user', async () => {
    const stateDir = await scratch.folder()
    const first = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    const [row] = await query(first.superuserUrl, 'show data_directory')
    await crash(first)
    const neighbour = scratch.ended(await startPostgres({ stateDir: await scratch.folder(), report: quiet }))
    await writeFile(join(String(row?.data_directory), 'postmaster.pid'), `${neighbour.pid}\n`)
    const second = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    expect(await query(second.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('platform names a busy port and what to do, in both languages', async () => {
    const port = await findFreePort()
    const holder = createServer().listen(port, '127.0.0.1')
    const error = await rejection(startPostgres({ stateDir: await scratch.folder(), port, report: quiet }))
    holder.close()
    expect(error).toMatchObject({
      code: 'PORT_BUSY',
      zh: expect.stringMatching(new RegExp(`${port}.*占用`)),
      en: expect.stringMatching(new RegExp(`${port}.*in use: end the program`)),
    })
  })

  test('platform refuses a second server in a state folder whose first one lives', async () => {
    const stateDir = await scratch.folder()
    const first = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    const error = await rejection(startPostgres({ stateDir, report: quiet }))
    expect(error).toMatchObject({ code: 'ALREADY_RUNNING' })
    expect(await query(first.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})
