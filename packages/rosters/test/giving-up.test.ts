import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '../../../tests/harness/until.ts'
import { commitImport } from '../src/index.ts'
import { namesTakenBy, openImports } from './import-desk.ts'

jest.setTimeout(120_000)

let desk: Awaited<ReturnType<typeof openImports>>
beforeAll(async () => {
  desk = await openImports('giving_up')
  await desk.inside(
    `create or replace function fault() returns trigger language plpgsql as $$ begin raise exception 'a fault of the database'; end $$`,
  )
})
afterAll(() => desk?.close())

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
})
