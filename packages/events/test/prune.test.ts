import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startPruning } from '../src/index.ts'
import { openWorkshop } from './workshop.ts'

type Workshop = Awaited<ReturnType<typeof openWorkshop>>
let workshop: Workshop

beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.close())

describe('pruning', () => {
  test('platform what was heard more than fourteen days ago is forgotten, what was heard since is not', async () => {
    const consumer = `prune-${randomUUID()}`
    await workshop.look(
      `insert into processed_event (consumer, event_id, processed_at)
       select $1, uuidv7(), now() - make_interval(days => d) from unnest(array[0, 13, 15, 40]) as t (d)`,
      [consumer],
    )
    const pruning = startPruning({
      asService: workshop.asService,
      log: { info: () => undefined, warn: () => undefined },
    })
    await pruning.prune()
    await pruning.stop()
    const [left] = await workshop.look(
      `select count(*)::int as n, min(processed_at) > now() - interval '14 days' as young from processed_event where consumer = $1`,
      [consumer],
    )
    expect(left).toEqual({ n: 2, young: true })
  })
})
