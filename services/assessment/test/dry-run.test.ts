import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, type Data, dataOf, entityOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { stretchAt } from '../src/engine/spans.ts'
import { lawfulPack } from '../src/packs/validation/lawful-pack.ts'

jest.setTimeout(180_000)

const quarter = stretchAt('QUARTER', shanghaiDay(new Date()))
const before = stretchAt('QUARTER', addDays(quarter.from, -1))

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: string[]
const packWith = (base: number): string => {
  const pack = lawfulPack()
  Object.assign(pack.scales[0], { base })
  return JSON.stringify(pack)
}
const ask = (actor: Actor, document: string, variables: object = {}) =>
  county.world.askUntyped.assessment(actor, document, variables)
const start = (document: string, actor = county.admin) =>
  ask(actor, 'mutation ($input: StartDryRunInput!) { startDryRun(input: $input) { dryRun { id isDone } } }', {
    input: { document },
  })
const fields = `title from until isDone summaries { ofMembers sheets up down meanChange }
  changes(first: 50) { totalCount nodes { member { id } before after } }`
const runOf = async (id: string, actor = county.admin): Promise<Data> => {
  const refs = [{ __typename: 'PackDryRun', id }]
  const document = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on PackDryRun { ${fields} } } }`
  return entityOf<Data>(await ask(actor, document, { refs }))
}

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const people = await seedMembers(county, [
    fullMember(county.code, tree.a1.code, { 姓名: '试甲' }),
    fullMember(county.code, tree.b1.code, { 姓名: '试乙' }),
  ])
  ids = ['试甲', '试乙'].map(name => people.get(name) as string)
  dataOf(
    await ask(
      county.admin,
      'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { version } } }',
      {
        input: {
          ...{ document: packWith(60), effectiveFrom: before.from, decidedOn: addDays(before.from, -1) },
          ...{ title: '考核办法', number: '测委发〔2026〕1号', organ: '县委组织部' },
        },
      },
    ),
  )
  // Of a time of which nothing is known of somebody they have no sheet.
  for (const memberId of ids)
    await until(
      async () => {
        const input = { memberId, kind: 'HONOUR', day: before.until, attributes: [{ key: 'level', value: 'COUNTY' }] }
        const document = 'mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { id } } }'
        return codesOf(await ask(county.admin, document, { input: { ...input, evidence: '表彰决定' } })).length === 0
      },
      30_000,
      'the person is known here',
    )
  const last = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { scoreSheets(first: 5) { nodes { from score } } } } }`
  await until(
    async () => {
      const found = dataOf(
        await ask(county.admin, last, { refs: ids.map(id => ({ __typename: 'Member', id })) }),
      )._entities
      return found.every((one: Data) => one?.scoreSheets.nodes.some((sheet: Data) => sheet.from === before.from))
    },
    30_000,
    'the last quarter is scored',
  )
})

describe('S1-14 a pack is tried before it takes effect', () => {
  test('S1-14 who would have another score and why, of the last time that is over; nothing of it is published', async () => {
    const { id } = dataOf(await start(packWith(65))).startDryRun.dryRun
    const run = await until(
      async () => {
        const found = await runOf(id)
        return found?.isDone ? found : null
      },
      60_000,
      'everybody is tried',
    )
    expect(run).toMatchObject({ title: '某县党建考核办法', ...before })
    expect(run.summaries.find((one: Data) => one.ofMembers)).toEqual({
      ...{ ofMembers: true, sheets: 2, up: 2, down: 0, meanChange: 5 },
    })
    const changes: Data[] = run.changes.nodes.filter(({ member }: Data) => member !== null)
    expect(changes.map(({ member }) => member.id).toSorted()).toEqual(ids.toSorted())
    for (const change of changes) expect(change.after - change.before).toBe(5)
    const settings = dataOf(await ask(county.admin, '{ scoringSettings { decisions { version } } }')).scoringSettings
    expect(settings.decisions).toEqual([{ version: 1 }])
    // It is the county's, and nobody else opens it.
    for (const role of ['SECRETARY', 'LEADER', 'ADMIN'] as const)
      expect(await runOf(id, await seedActor(county, role, tree.a.id))).toBeNull()
  })

  test('S1-14 by nobody but the county, not what could not be published, and one after the other', async () => {
    const secretary = await seedActor(county, 'SECRETARY', tree.a.id)
    expect(codesOf(await start(packWith(65), secretary))).toEqual(['FORBIDDEN'])
    expect(codesOf(await start('{'))).toEqual(['DRY_RUN_REFUSED'])
    const forbidden = packWith(65).replace('"title":"', '"title":"登录次数 ')
    expect(codesOf(await start(forbidden))).toEqual(['DRY_RUN_REFUSED'])
    const first = dataOf(await start(packWith(66))).startDryRun.dryRun
    const answers = await Promise.all([start(packWith(67)), start(packWith(68))])
    const refused = answers.flatMap(codesOf)
    // Where the first was done by then, of two at once still one alone.
    expect(refused.length).toBeGreaterThanOrEqual(1)
    expect(new Set(refused)).toEqual(new Set(['DRY_RUN_UNDER_WAY']))
    await until(async () => (await runOf(first.id))?.isDone, 60_000, 'the first is done')
  })
})
