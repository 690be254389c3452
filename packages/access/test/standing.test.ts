import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { CountyMoves, type Standing, systemActor } from '@linghang/access'
import { look } from '@linghang/harness/databases'
import { openDatabase } from '@linghang/harness/open-database'

const suffix = 'standing'
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  database = await openDatabase('assessment', suffix)
})
afterAll(() => database?.close())

const countyThat = async (standing: Standing | null) => {
  const countyId = randomUUID()
  if (standing)
    await look('assessment', 'insert into county_move (county_id, state) values ($1, $2)', [countyId, standing], suffix)
  return countyId
}
const write = (countyId: string, begunBefore?: boolean) =>
  database
    .transact(
      systemActor(countyId),
      tx =>
        tx.$executeRawUnsafe(
          `insert into audit_entry (id, county_id, action, subject_type, subject_id) values (uuidv7(), $1, 'tried', 'County', $1)`,
          countyId,
        ),
      begunBefore === undefined ? {} : { begunBefore },
    )
    .then(
      () => 'WRITTEN',
      error => (error instanceof CountyMoves ? error.standing : error),
    )
const read = (countyId: string) =>
  database.transact(systemActor(countyId), tx =>
    tx.$queryRawUnsafe<unknown[]>('select id from audit_entry where county_id = $1', countyId),
  )

describe('platform a county that moves stands still', () => {
  test.each([
    { standing: null, anybody: 'WRITTEN', begunBefore: 'WRITTEN' },
    { standing: 'LEAVING', anybody: 'LEAVING', begunBefore: 'WRITTEN' },
    { standing: 'STILL', anybody: 'STILL', begunBefore: 'STILL' },
    { standing: 'LEFT', anybody: 'LEFT', begunBefore: 'LEFT' },
    { standing: 'ARRIVING', anybody: 'ARRIVING', begunBefore: 'ARRIVING' },
  ] as const)(
    'platform $standing: who acts for it, and what was begun before; all may read',
    async ({ standing, anybody, begunBefore }) => {
      const countyId = await countyThat(standing)
      expect(await write(countyId)).toBe(anybody)
      expect(await write(countyId, true)).toBe(begunBefore)
      const written = [anybody, begunBefore].filter(outcome => outcome === 'WRITTEN').length
      expect(await read(countyId)).toHaveLength(written)
    },
  )

  test('platform its neighbour notices nothing', async () => {
    await countyThat('STILL')
    expect(await write(await countyThat(null))).toBe('WRITTEN')
  })
})
