import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { commitImport } from '../src/imports/index.ts'
import { namesTakenBy, openImports } from './import-desk.ts'

jest.setTimeout(120_000)

const rowCount = 2_500

let desk: Awaited<ReturnType<typeof openImports>>
beforeAll(async () => {
  desk = await openImports('lease')
})
afterAll(() => desk?.close())

/** A roster of names whose second batch is not judged before `pause` has ended. */
const slowly = (pause: () => Promise<void>) => {
  const roster = namesTakenBy('slow')
  return {
    ...roster,
    async begin(...asked: Parameters<typeof roster.begin>) {
      const judgement = await roster.begin(...asked)
      let batches = 0
      return {
        ...judgement,
        async judge(rows: Parameters<typeof judgement.judge>[0]) {
          if (batches++ === 1) await pause()
          return judgement.judge(rows)
        },
      }
    },
  }
}

describe('platform two workers never write one import', () => {
  test('platform a worker that was away too long finds its lease gone, lets go, and the numbers are exact', async () => {
    const id = await desk.upload(`姓名,学历\n${Array.from({ length: rowCount }, (_, i) => `某${i},大学\n`).join('')}`)
    let isAway = false
    let comeBack = () => {}
    const away = new Promise<void>(resolve => {
      comeBack = resolve
    })
    const slow = desk.startWorker(
      slowly(() => {
        isAway = true
        return away
      }),
    )
    await desk.asker().run(commitImport, { id, mode: 'VALID' }, null)
    await until(() => isAway)
    await desk.letLeaseRunOut(id)
    const quick = desk.startWorker(namesTakenBy('quick'))
    const counted = async () =>
      (await desk.inside('select count(*)::int as rows, count(distinct n)::int as different from taken'))[0]
    await until(async () => (await desk.found(id))?.state === 'COMMITTED', 30_000)
    // Whoever took it over has taken all of it; what the one that was away may still do is to write a second time.
    expect(await counted()).toEqual({ rows: rowCount, different: rowCount })
    comeBack()
    await Promise.all([slow.stop(), quick.stop()])
    expect(await desk.found(id)).toMatchObject({
      state: 'COMMITTED',
      rowsTotal: rowCount,
      rowsValid: rowCount,
      rowsDone: rowCount,
      added: rowCount,
    })
    expect(await counted()).toEqual({ rows: rowCount, different: rowCount })
    const [staged] = await desk.inside('select count(*)::int as n from roster_row where import_id = $1', [id])
    expect(staged.n).toBe(0)
  })

  test('platform a worker that is ended in order lets its import go, and another goes on with it without waiting', async () => {
    const id = await desk.upload(`姓名,学历\n${Array.from({ length: rowCount }, (_, i) => `别${i},大学\n`).join('')}`)
    const pausing = Promise.withResolvers<void>()
    let isPausing = false
    const first = desk.startWorker(
      slowly(() => {
        isPausing = true
        return pausing.promise
      }),
    )
    await desk.asker().run(commitImport, { id, mode: 'VALID' }, null)
    await until(() => isPausing)
    const ended = first.stop()
    pausing.resolve()
    await ended
    const [left] = await desk.inside('select state, claims, lease_until from roster_import where id = $1', [id])
    expect(left).toEqual({ state: 'PREVIEWING', claims: 0, lease_until: null })
    const second = desk.startWorker(namesTakenBy('second'))
    await until(async () => (await desk.found(id))?.state === 'COMMITTED', 30_000)
    await second.stop()
    expect(await desk.found(id)).toMatchObject({ rowsTotal: rowCount, rowsDone: rowCount, added: rowCount })
  })

  test('platform an import of a county that moves waits, and goes on where the county lives', async () => {
    const id = await desk.upload('姓名,学历\n某,大学\n')
    await desk.asker().run(commitImport, { id, mode: 'VALID' }, null)
    const stand = 'insert into county_move (county_id, state) values ($1, $2)'
    for (const state of ['LEAVING', 'STILL', 'LEFT', 'ARRIVING']) {
      await desk.inside(stand, [desk.countyId, state])
      expect(await desk.claim()).toBeNull()
      await desk.inside('delete from county_move', [])
    }
    expect(await desk.claim()).toMatchObject({ importId: id })
  })
})
