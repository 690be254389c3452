import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createAsService, createTransact, systemActor } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { addDays } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import type { Tx } from '../src/work.ts'
import { createDrawing, opening, quarterOf, today } from './drawing.ts'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let drawing: ReturnType<typeof createDrawing>
let actors: Record<string, Actor>
let id: string
let seed: string
const pool = createPool(databaseUrl(surroundings(), 'assessment'), { max: 4, applicationName: 'draw-secrecy-test' })
const prisma = new PrismaClient({ adapter: createAdapter(pool) })
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => createTransact<Tx>(prisma)(actor, work)

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  drawing = createDrawing(county)
  const admin = await seedActor(county, 'ADMIN', tree.a.id)
  const other = await createCounty()
  actors = {
    ...{ 'the county’s administrator': county.admin, 'the committee’s administrator': admin },
    'the committee’s leader': await seedActor(county, 'LEADER', tree.a.id),
    'the branch’s secretary': await seedActor(county, 'SECRETARY', tree.a1.id),
    'the committee beside': await seedActor(county, 'ADMIN', tree.b.id),
    'an auditor': await seedActor(county, 'AUDITOR', tree.root.id),
    'an app that writes': await seedActor(county, 'APP', tree.root.id, {
      kind: 'APP',
      scopes: ['assessment:read', 'assessment:write'],
    }),
    'the service itself': systemActor(county.id),
    'another county': other.admin,
  }
  const input = opening(tree.a.id, { drawFrom: addDays(today, 1) })
  id = (await drawing.done(admin, 'openLedgerDraw', input, 'draw { id }')).draw.id
  // As the database's superuser, past everything.
  const [row] = await look('assessment', 'select seed from ledger_draw_seed where draw_id = $1', [uuidOf(id)])
  seed = row.seed
})
afterAll(async () => {
  await prisma.$disconnect()
  await pool.end()
})
const each = (run: (name: string, actor: Actor) => Promise<void>) =>
  Promise.all(Object.entries(actors).map(([name, actor]) => run(name, actor)))

describe('S0-18 before the draw its seed is nobody’s to read', () => {
  test('S0-18 nothing that the API says of a draw, or of its organisation, holds it', async () => {
    expect(seed).toMatch(/^[0-9a-f]{64}$/)
    const everything = `query ($id: ID!, $org: ID!) {
      ledgerDraw(id: $id) { id quarter state white draws basis listHash seedHash seed record items { key } drawFrom reviewsDueOn
        openedAt drawnAt places { nodes { list place drawn } } reviews { nodes { id } } }
      _entities(representations: [{ __typename: "Organisation", id: $org }]) { ... on Organisation {
        ledgerDraws { nodes { seed seedHash record } } ledgerReviews { nodes { id } } blackList { nodes { id } } } }
    }`
    await each(async (_, actor) => {
      const answer = await drawing.ask(actor, everything, { id, org: tree.a.id })
      expect(codesOf(answer)).toEqual([])
      expect(JSON.stringify(answer)).not.toContain(seed)
    })
    // Not before its day, whoever asks; and what is refused is not let out by the refusal.
    await each(async (name, actor) => {
      const answer = await drawing.change(actor, 'drawLedgers', { id }, 'draw { seed }')
      expect([name, codesOf(answer).length]).toEqual([name, 1])
      expect(JSON.stringify(answer)).not.toContain(seed)
    })
    expect(await look('assessment', 'select seed, drawn_at from ledger_draw where id = $1', [uuidOf(id)])).toEqual([
      { seed: null, drawn_at: null },
    ])
  })

  test.each([
    ['reads the table of seeds', 'select seed from ledger_draw_seed'],
    ['counts it', 'select count(*) from ledger_draw_seed'],
    [
      'copies from it',
      `insert into ledger_draw_place (draw_id, branch_id, county_id, org_id, list)
      select draw_id, draw_id, county_id, org_id, 'WHITE' from ledger_draw_seed`,
    ],
    [
      'puts a seed of its own there',
      `insert into ledger_draw_seed values (gen_random_uuid(), app.county(), app.county(), repeat('a', 64))`,
    ],
    ['changes it', `update ledger_draw_seed set seed = repeat('a', 64)`],
    ['writes a seed into the draw', `update ledger_draw set seed = repeat('a', 64)`],
    ['changes the hash', `update ledger_draw set seed_hash = repeat('a', 64)`],
    ['changes the list', `update ledger_draw set list = ''`],
    ['changes how many', 'update ledger_draw set draws = 0'],
    ['puts the day forward', 'update ledger_draw set draw_from = draw_from - 1'],
    ['deletes the draw', 'delete from ledger_draw'],
    ['becomes whose the seeds are', 'set role linghang_paths'],
  ])('S0-18 whoever %s in the database is refused, in every role', async (_, statement) => {
    await each(async (name, actor) => {
      const tried = as(actor, tx => tx.$executeRawUnsafe(statement)).then(
        () => 'done',
        error => String(error),
      )
      expect([name, await tried]).toEqual([name, expect.stringMatching(/permission denied|append-only/)])
    })
    const service = createAsService<Tx>(prisma)(tx => tx.$executeRawUnsafe(statement))
    await expect(service).rejects.toThrow(/permission denied|append-only/)
  })

  test('S0-18 the one function that lets it out does not before the announced day, nor to who does not keep the committee', async () => {
    const reveal = (actor: Actor, at: string) =>
      as(actor, async tx => {
        const [row] = await tx.$queryRawUnsafe<{ seed: string | null }[]>(
          'select app.reveal_seed($1::uuid, $2::uuid, $3::timestamptz) as seed',
          ...[uuidOf(id), randomUUID(), at],
        )
        // Nothing of this stays.
        throw new Error(`told ${row?.seed ?? 'nothing'}`)
      })
    const [midnight, before] = [`${addDays(today, 1)}T00:00:00+08:00`, `${today}T23:59:59+08:00`]
    for (const actor of Object.values(actors)) await expect(reveal(actor, before)).rejects.toThrow('told nothing')
    for (const name of ['the committee’s leader', 'the branch’s secretary', 'the committee beside', 'another county'])
      await expect(reveal(actors[name] as Actor, midnight)).rejects.toThrow('told nothing')
    await expect(reveal(actors['the committee’s administrator'] as Actor, midnight)).rejects.toThrow(`told ${seed}`)
  })

  test('S0-18 after the draw whoever stands in it reads the record, and nobody else', async () => {
    const admin = actors['the committee’s administrator'] as Actor
    const input = opening(tree.a.id, { quarter: quarterOf(1) })
    const { draw } = await drawing.done(admin, 'openLedgerDraw', input, 'draw { id }')
    await drawing.done(admin, 'drawLedgers', { id: draw.id })
    const [row] = await look('assessment', 'select seed from ledger_draw_seed where draw_id = $1', [uuidOf(draw.id)])
    const readers = new Set<string>()
    await each(async (name, actor) => {
      const found = dataOf(await drawing.ask(actor, `{ ledgerDraw(id: "${draw.id}") { record } }`))
      if (found.ledgerDraw?.record.includes(`seed ${row.seed}`)) readers.add(name)
    })
    const not = ['the committee beside', 'another county']
    expect([...readers].toSorted()).toEqual(
      Object.keys(actors)
        .filter(name => !not.includes(name))
        .toSorted(),
    )
    // A branch does not learn by it who else stands there: ids, and no places but its own.
    const own = actors['the branch’s secretary'] as Actor
    const seen = await drawing.read(
      own,
      `{ ledgerDraw(id: "${draw.id}") { places { totalCount nodes { branch { id } } } reviews { totalCount } } }`,
    )
    expect(seen.ledgerDraw).toEqual({
      places: { totalCount: 1, nodes: [{ branch: { id: tree.a1.id } }] },
      reviews: { totalCount: 0 },
    })
  })
})
