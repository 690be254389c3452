import { expect, jest, test } from '@jest/globals'
import { createPool } from '@linghang/database'
import { createDatabases, databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'

jest.setTimeout(60_000)

test('platform a connection that is cut while it is lent out fails its statement and not the process', async () => {
  const at = surroundings()
  await createDatabases(at, ['dues'], 'pool')
  const pool = createPool(databaseUrl(at, 'dues', 'pool'), { max: 1, applicationName: 'pool-test' })
  const client = await pool.connect()
  const cut = new Promise(resolve => client.once('end', resolve))
  const [{ pid }] = (await client.query('select pg_backend_pid() as pid')).rows
  await look('dues', 'select pg_terminate_backend($1)', [pid], 'pool')
  await cut
  await expect(client.query('select 1')).rejects.toThrow()
  client.release(true)
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})
