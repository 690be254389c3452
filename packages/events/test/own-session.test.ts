import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import pg from 'pg'
import { requireOwnSession, SessionShared, startRelay } from '../src/relay.ts'
import { startTransactionPooler } from './transaction-pooler.ts'
import { openWorkshop } from './workshop.ts'

jest.setTimeout(60_000)

let workshop: Awaited<ReturnType<typeof openWorkshop>>
let one: pg.Client
let other: pg.Client
beforeAll(async () => {
  workshop = await openWorkshop()
  one = new pg.Client({ connectionString: workshop.loginUrl })
  other = new pg.Client({ connectionString: workshop.loginUrl })
  await Promise.all([one.connect(), other.connect()])
})
afterAll(async () => {
  await Promise.all([one?.end(), other?.end()])
  await workshop?.close()
})

/** A client that is lent the sessions in turn. */
const lent = (...sessions: pg.Client[]) => {
  let n = 0
  return { query: (sql: string) => (sessions[n++ % sessions.length] as pg.Client).query(sql) }
}

describe('platform the outbox refuses a pooler that lends sessions by the transaction', () => {
  test('platform a session of its own is taken', async () => {
    await expect(requireOwnSession(one, other)).resolves.toBeUndefined()
  })

  test.each([
    ['two clients with one session', () => [lent(one), lent(one)]],
    ['a client whose session changes', () => [lent(one, other), lent(other)]],
    ['a client that is lent the relay’s session the second time', () => [lent(one), lent(other, one)]],
  ] as const)('platform %s are refused', async (_, clients) => {
    const [own, others] = clients()
    await expect(requireOwnSession(own as pg.Client, others as pg.Client)).rejects.toThrow(SessionShared)
  })

  test('platform a relay behind one gives up at the start and says what to do, in both languages', async () => {
    const pooler = await startTransactionPooler(workshop.loginUrl)
    try {
      const refused = await new Promise<Error>(resolve => {
        const relay = startRelay({
          kafka: workshop.kafka,
          databaseUrl: pooler.url,
          source: 'workshop',
          log: { info: () => undefined, warn: () => undefined },
          onRefused: error => void relay.stop().then(() => resolve(error)),
        })
      })
      expect(refused).toBeInstanceOf(SessionShared)
      expect(refused.message).toMatch(/pooler in transaction mode.*事务级连接池/)
    } finally {
      await pooler.stop()
    }
  })
})
