import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import { type Data, dataOf } from '@linghang/harness/ask'
import { look } from '@linghang/harness/databases'
import { sharedWorld, startWorld, startWorldWithoutRowLevelSecurity, type World } from '@linghang/harness/world'
import { isObjectType } from 'graphql'
import { tryAll } from './attempts.ts'
import { type ActorName, type District, seedDistrict } from './district.ts'
import { duesAttempts, duesMutations, duesSchema } from './dues-attempts.ts'
import { entrancesOf } from './entrances.ts'
import type { Facts } from './facts.ts'
import { actorNames, expectedOf, isAllowedAlone, sorted } from './learned.ts'
import { placeNames } from './places.ts'
import { stateOf } from './state.ts'

jest.setTimeout(300_000)

const through = (world: World, district: District): District => ({
  ...district,
  world,
  county: { ...district.county, world },
})

async function seen(district: District, actor: ActorName): Promise<Record<string, Facts>> {
  const looks = Object.entries(entrancesOf(district))
  const found = await Promise.all(
    looks.map(
      async ([name, look]) => [name, sorted(await look(district.world.askUntyped, district.actors[actor]))] as const,
    ),
  )
  return Object.fromEntries(found)
}

/** Done; or refused for how it was asked, which says nothing of who asked. */
const isWrong = ({ refused, codes }: { refused: boolean; codes: string[] }): boolean =>
  !refused || codes.some(code => ['BAD_INPUT', 'BAD_USER_INPUT', 'INTERNAL'].includes(code))

let district: District
beforeAll(async () => {
  district = await seedDistrict(sharedWorld())
})

describe('S3-2 what the matrix knows', () => {
  test('S3-2 every type of dues that has an id is asked for by it: what is new is planted, or stands here and why', () => {
    // A voucher is no node: it is seen with the request to spend to which it belongs.
    const withTheirRequest = ['DuesVoucher']
    // By whom something is owed is told by the members service, and asked for there.
    const ofOthers = ['Organisation', 'Member', 'DuesHolder']
    const types = Object.values(duesSchema.getTypeMap()).filter(isObjectType)
    const withId = types.filter(type => 'id' in type.getFields()).map(({ name }) => name)
    const known = [...Object.keys(district.planted), ...withTheirRequest, ...ofOthers]
    expect(withId.filter(name => !known.includes(name))).toEqual([])
    expect(known.filter(name => !withId.includes(name))).toEqual([])
  })

  test('S3-2 what must not have changed is every row of the county: one that is planted past everything is seen', async () => {
    const later = (seconds: number) =>
      look(
        'assessment',
        'update score_sheet set worked_out_at = worked_out_at + make_interval(secs => $2) where county_id = $1',
        [district.county.id, seconds],
      )
    const before = await stateOf(district)
    await later(1)
    const after = await stateOf(district)
    await later(-1)
    expect(Object.keys(before).filter(table => before[table] !== after[table])).toEqual(['assessment.score_sheet'])
    expect(Object.keys(after)).toEqual(Object.keys(before))
  })

  test('S3-2 every mutation of dues is tried by everybody to whom it is not given, and every id in it is known', () => {
    const { made, unknown } = duesAttempts(district, [], null)
    expect(unknown).toEqual([])
    const tried = new Set(made.map(({ field }) => field))
    expect(duesMutations.map(({ name }) => name).filter(name => !tried.has(name))).toEqual([])
  })
})

describe('S3-2 who sees what, as the services run', () => {
  test.each(actorNames)('S3-2 %s sees exactly their own and what is below, of superiors name and code', async actor => {
    expect(await seen(district, actor)).toEqual(expectedOf(actor))
  })

  test.each(actorNames)('S3-2 %s changes nothing above, beside or beyond their office', async actor => {
    const before = await stateOf(district)
    expect((await tryAll(district, actor, 'BEYOND_OFFICE')).filter(isWrong)).toEqual([])
    expect(await stateOf(district)).toEqual(before)
  })

  test('S3-2 a key of idempotency is its holder’s own: the same key opens nobody else’s result', async () => {
    const document = 'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { id name } } }'
    const variables = { input: { id: district.person.mei, lostContact: false, idempotencyKey: 'the-same-key' } }
    const first = await district.world.ask.members(district.actors.adminOfA, document, variables)
    expect(first.errors).toEqual([])
    const second = await district.world.ask.members(district.actors.adminOfA1, document, variables)
    expect(second.data).toBeNull()
    expect(second.errors.map(error => error.extensions?.code)).toEqual(['NOT_FOUND'])
  })
})

describe('S3-2 who sees what, by row-level security alone', () => {
  let agreeing: District
  let own: World
  beforeAll(async () => {
    own = await startWorld({ supervision: 'AGREES' })
    agreeing = through(own, district)
  })
  afterAll(() => own?.stop())

  test.each(actorNames)('S3-2 %s learns nothing beyond their scope although every use case says yes', async actor => {
    const found = await seen(agreeing, actor)
    const allowed = expectedOf(actor)
    for (const [entrance, facts] of Object.entries(found))
      expect({
        entrance,
        leaked: facts.filter(fact => !allowed[entrance]?.includes(fact) && !isAllowedAlone(actor, fact)),
      }).toEqual({
        entrance,
        leaked: [],
      })
  })

  test.each(actorNames)('S3-2 %s changes nothing beyond their scope although every use case says yes', async actor => {
    const before = await stateOf(agreeing)
    await tryAll(agreeing, actor, 'BEYOND_SCOPE')
    expect(await stateOf(agreeing)).toEqual(before)
  })
})

describe('S3-2 who sees what, by the use cases alone', () => {
  let unguarded: District
  let world: World
  let kafka: KafkaServer
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linghang-no-rls-'))
    kafka = await startKafka({ stateDir: folder, report: () => undefined })
    world = await startWorldWithoutRowLevelSecurity('no_rls', kafka.brokers)
    unguarded = await seedDistrict(world)
  })
  afterAll(async () => {
    await world?.stop()
    await kafka?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test.each(actorNames)('S3-2 %s sees exactly the same without a single policy in the database', async actor => {
    expect(await seen(unguarded, actor)).toEqual(expectedOf(actor))
  })

  test.each(actorNames)(
    'S3-2 %s changes nothing beyond their office without a single policy in the database',
    async actor => {
      const before = await stateOf(unguarded)
      expect((await tryAll(unguarded, actor, 'BEYOND_OFFICE')).filter(isWrong)).toEqual([])
      expect(await stateOf(unguarded)).toEqual(before)
    },
  )

  test('S3-2 an office of a city reads the sums of its own counties and of no other without a single policy in the database', async () => {
    const { officeOfCity, stranger } = unguarded.actors
    const sums = '{ city { counties { totalCount nodes { id organisations } } } }'
    expect(dataOf(await world.askUntyped.org(officeOfCity, sums)).city?.counties).toEqual({
      totalCount: 1,
      nodes: [{ id: `County:${unguarded.county.id}`, organisations: placeNames.length }],
    })
    for (const [service, field] of [
      ['org', 'organisations'],
      ['assessment', 'members'],
    ] as const) {
      const document = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on County { sum: ${field} } } }`
      const refs = [unguarded.county.id, stranger.countyId].map(id => ({ __typename: 'County', id: `County:${id}` }))
      const found = dataOf(await world.askUntyped[service](officeOfCity, document, { refs }))._entities
      expect(found.map((entity: Data) => entity?.sum ?? null)).toEqual([expect.any(Number), null])
    }
  })
})
