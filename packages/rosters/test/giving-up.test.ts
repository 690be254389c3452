import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { commitImport, keepFindings } from '../src/imports/index.ts'
import { createFinding } from '../src/index.ts'
import { type Names, namesTakenBy, openImports } from './import-desk.ts'

jest.setTimeout(120_000)

let desk: Awaited<ReturnType<typeof openImports>>
beforeAll(async () => {
  desk = await openImports('giving_up')
  await desk.inside(
    `create or replace function fault() returns trigger language plpgsql as $$ begin raise exception 'a fault of the database'; end $$`,
  )
})
afterAll(() => desk?.close())

const gone = createFinding({
  line: 3,
  column: '姓名',
  severity: 'ERROR',
  code: 'HAS_LEFT',
  found: '乙',
  about: { zh: '已离册', en: 'has left' },
  wanted: { zh: '在册的人', en: 'somebody registered' },
})
/** A register that has changed since a file was judged: it refuses one of the rows, and says so. */
const changed: Names = {
  ...namesTakenBy('changed'),
  refusals: async () => [gone],
  async takeOver(tx, scope, ...asked) {
    await keepFindings(tx, scope, [gone])
    return { ...(await namesTakenBy('changed').takeOver(tx, scope, ...asked)), refused: 1 }
  },
}

describe('platform an import that fails', () => {
  test('platform a fault while an import is being failed is told, ends no worker, and the next round fails it', async () => {
    await desk.inside(
      `create trigger fault before update on roster_import for each row when (new.state = 'FAILED') execute function fault()`,
    )
    const warnings: string[] = []
    const worker = desk.startWorker(namesTakenBy('worker'), message => warnings.push(message))
    const id = await desk.upload('性别\n男\n')
    await desk.asker().run(commitImport, { id, mode: 'VALID' }, null)
    // A worker has two lanes, and either takes up a small file: both of them have to live.
    for (const rounds of [1, 2]) {
      await until(() => warnings.length === rounds, 10_000, `round ${rounds} is told`)
      if (rounds === 2) await desk.inside('drop trigger fault on roster_import')
      await desk.letLeaseRunOut(id)
    }
    await until(async () => (await desk.found(id))?.state === 'FAILED', 10_000, 'the import fails')
    expect(await desk.found(id)).toMatchObject({ failure: { code: 'COLUMN_MISSING' }, rowsDone: 0 })
    expect(new Set(warnings).size).toBe(1)
    await worker.stop()
  })

  test('platform what stops all or none, judged and taken over in one go, is told by its line', async () => {
    const worker = desk.startWorker(changed)
    const id = await desk.upload('姓名\n甲\n乙\n')
    await desk.asker().run(commitImport, { id, mode: 'ALL_OR_NONE' }, null)
    await until(async () => (await desk.found(id))?.state === 'FAILED', 10_000, 'the import fails')
    expect(await desk.found(id)).toMatchObject({ failure: { code: 'IMPORT_OUTDATED' }, rowsDone: 0, errors: 1 })
    expect(await desk.inside('select line, code from roster_finding where import_id = $1', [id])).toEqual([
      { line: 3, code: 'HAS_LEFT' },
    ])
    expect(await desk.inside(`select n from taken where worker = 'changed'`)).toEqual([])
    await worker.stop()
  })

  test('platform what stopped after many tries is judged anew when it is committed again, as its office is told', async () => {
    const faulty = desk.startWorker({
      ...namesTakenBy('faulty'),
      takeOver: () => Promise.reject(new Error('out of reach')),
    })
    const id = await desk.upload('姓名\n甲\n乙\n')
    await desk.asker().run(commitImport, { id, mode: 'VALID' }, null)
    await until(
      async () => (await desk.inside('select failures from roster_import where id = $1', [id]))[0].failures > 0,
    )
    await desk.inside('update roster_import set failures = 19 where id = $1', [id])
    await until(async () => (await desk.found(id))?.state === 'FAILED', 10_000, 'the import fails')
    await faulty.stop()
    expect((await desk.found(id))?.failure).toMatchObject({
      code: 'IMPORT_STUCK',
      zh: expect.stringContaining('从头重新核对'),
      en: expect.stringContaining('judged anew from its beginning'),
    })
    await desk.asker().run(commitImport, { id, mode: 'VALID' }, null)
    expect(await desk.found(id)).toMatchObject({ state: 'PREVIEWING' })
    const worker = desk.startWorker(namesTakenBy('second'))
    await until(async () => (await desk.found(id))?.state === 'COMMITTED', 10_000, 'the import is taken over')
    expect(await desk.found(id)).toMatchObject({ rowsJudged: 2, rowsDone: 2, failure: null })
    await worker.stop()
  })
})
