import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createTransact, shanghaiDay, systemActor } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { codesOf, dataOf, post, tokenOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { packStore } from '../src/packs/decisions/store.ts'
import { countingBy, lawfulPack } from '../src/packs/validation/lawful-pack.ts'
import type { Tx } from '../src/work.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
/** The first day of a quarter, so many after this one's. */
const quarter = (after: number): string => addMonths(monthOf(today), 3 * after - ((Number(today.slice(5, 7)) - 1) % 3))

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
})

const decision = {
  title: '党建考核办法',
  number: '区委组〔2026〕12 号',
  organ: '区委组织部',
  decidedOn: addDays(today, -400),
}
const publish = (input: object, by: Actor = county.admin, idempotencyKey?: string) =>
  county.world.ask.assessment(
    by,
    'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { version key title until decision { number organ decidedOn effectiveFrom kind } } } }',
    {
      input: {
        document: JSON.stringify(lawfulPack()),
        ...decision,
        effectiveFrom: quarter(1),
        ...input,
        idempotencyKey,
      },
    },
  )
const end = (input: object, by: Actor = county.admin) =>
  county.world.ask.assessment(
    by,
    'mutation ($input: EndScoringInput!) { endScoring(input: $input) { settings { isOn pack { version } } } }',
    { input: { ...decision, title: '停止计分', effectiveFrom: quarter(4), ...input } },
  )
const settings = async (on: string, by: Actor = county.admin) =>
  dataOf(
    await county.world.ask.assessment(
      by,
      'query ($on: Date) { scoringSettings(on: $on) { isOn pack { version } decisions { version kind effectiveFrom title } } }',
      { on },
    ),
  ).scoringSettings
const check = (document: string, by: Actor = county.admin) =>
  county.world.ask.assessment(
    by,
    'query ($document: String!) { checkPack(document: $document) { kind path code rule text } }',
    { document },
  )

describe('R2 a county scores by its own recorded decision, and not before', () => {
  test('R2 nothing is scored where nothing was decided', async () => {
    expect(await settings(today)).toEqual({ isOn: false, pack: null, decisions: [] })
  })

  test.each([
    ['without a title', { title: ' ' }],
    ['without a number', { number: '' }],
    ['without the organ', { organ: '——' }],
    ['of tomorrow', { decidedOn: addDays(today, 1) }],
    ['before it was decided', { effectiveFrom: quarter(-6) }],
    ['too far ahead', { effectiveFrom: quarter(12) }],
  ])('R2 a decision %s is refused', async (_, input) => {
    expect(codesOf(await publish(input))).toEqual(['BAD_INPUT'])
  })

  test('R2 an administrator of the whole county alone decides, and has packs checked', async () => {
    for (const by of [
      await seedActor(county, 'ADMIN', tree.root.id),
      await seedActor(county, 'SECRETARY', tree.a1.id),
    ]) {
      expect(codesOf(await publish({}, by))).toEqual(['FORBIDDEN'])
      expect(codesOf(await end({}, by))).toEqual(['FORBIDDEN'])
      expect(codesOf(await check('{}', by))).toEqual(['FORBIDDEN'])
    }
  })

  test('R14 a pack that counts what may not be counted is refused with the rule, whatever was decided, and leaves no trace', async () => {
    const answer = await publish({ document: JSON.stringify(countingBy('登录次数')) })
    expect(codesOf(answer)).toEqual(['PACK_REFUSED'])
    expect(answer.errors[0]?.message).toMatch(
      /考核办法有 1 处问题.*scales\[0\]\.indicators\[1\]\.title “登录次数”.*规则 R14/,
    )
    const twice = await publish({ document: JSON.stringify({ ...countingBy('点赞'), indices: [{ key: 'X' }] }) })
    expect(twice.errors[0]?.message).toMatch(/“点赞”.*indices\[0\]/)
    expect(await settings(quarter(1))).toMatchObject({ isOn: false, decisions: [] })
  })

  test('R14 what is found is told one by one, in both languages', async () => {
    const { checkPack } = dataOf(await check(JSON.stringify(countingBy('登录次数'))))
    expect(checkPack.filter(({ kind }) => kind !== 'NOTE')).toEqual([
      {
        ...{ kind: 'REFUSED', path: 'scales[0].indicators[1].title', code: 'LOGIN', rule: 'R14' },
        text: expect.stringContaining('属于禁止采用的指标类型'),
      },
    ])
    const [found] = dataOf(await check('{')).checkPack
    expect(found).toMatchObject({ kind: 'WRONG', code: 'NOT_JSON', rule: null })
    expect(dataOf(await check(JSON.stringify(lawfulPack()))).checkPack.map(({ kind }) => kind)).toEqual(['NOTE'])
  })

  test('S0-17 a pack begins with one of its periods', async () => {
    expect(codesOf(await publish({ effectiveFrom: addMonths(quarter(1), 1) }))).toEqual(['PACK_PERIOD_BROKEN'])
    expect(codesOf(await publish({ effectiveFrom: addDays(quarter(1), 1) }))).toEqual(['PACK_PERIOD_BROKEN'])
  })

  test('R2 it begins, is followed by another and ends, each on its day by its own document; nothing is changed behind it', async () => {
    // A county's first decision may be one that its people have known for longer.
    const first = dataOf(await publish({ effectiveFrom: quarter(-2) }, county.admin, 'first')).publishPack.pack
    expect(first).toEqual({
      ...{ version: 1, key: 'county', title: '某县党建考核办法', until: null },
      decision: {
        number: decision.number,
        organ: '区委组织部',
        decidedOn: decision.decidedOn,
        effectiveFrom: quarter(-2),
        kind: 'PACK',
      },
    })
    expect(dataOf(await publish({ effectiveFrom: quarter(-2) }, county.admin, 'first')).publishPack.pack.version).toBe(
      1,
    )
    expect(codesOf(await publish({ effectiveFrom: quarter(-1) }))).toEqual(['BAD_INPUT'])
    const next = { ...lawfulPack(), title: '新办法' }
    expect(
      dataOf(await publish({ document: JSON.stringify(next), effectiveFrom: quarter(2) })).publishPack.pack.version,
    ).toBe(2)
    expect(codesOf(await publish({ effectiveFrom: quarter(2) }))).toEqual(['PACK_DATE_TAKEN'])
    expect(codesOf(await end({ effectiveFrom: quarter(2) }))).toEqual(['PACK_DATE_TAKEN'])
    expect(codesOf(await end({ effectiveFrom: addDays(quarter(4), 1) }))).toEqual(['PACK_PERIOD_BROKEN'])
    expect(dataOf(await end({})).endScoring.settings).toEqual({ isOn: false, pack: null })
    expect(codesOf(await end({ effectiveFrom: quarter(5) }))).toEqual(['SCORING_NOT_DECIDED'])

    const versionOn = async (on: string) => (await settings(on)).pack?.version ?? null
    const days = [
      addDays(quarter(-2), -1),
      quarter(-2),
      addDays(quarter(2), -1),
      quarter(2),
      addDays(quarter(4), -1),
      quarter(4),
    ]
    expect(await Promise.all(days.map(versionOn))).toEqual([null, 1, 1, 2, 2, null])
    expect((await settings(today)).decisions).toEqual([
      { version: 3, kind: 'END', effectiveFrom: quarter(4), title: '停止计分' },
      { version: 2, kind: 'PACK', effectiveFrom: quarter(2), title: '党建考核办法' },
      { version: 1, kind: 'PACK', effectiveFrom: quarter(-2), title: '党建考核办法' },
    ])
  })

  test('S1-14 whoever is scored reads by what, and the engine reads the same', async () => {
    const member = await seedActor(county, 'SECRETARY', tree.a1.id)
    const { assessmentPack } = dataOf(
      await county.world.ask.assessment(
        member,
        'query ($on: Date) { assessmentPack(on: $on) { title until scales { key base groups { title weight cap } indicators { key kind per factKind where when points cap capOfYear absenceCounts condition basis { certainty source } } grades { key from } lights { colour } } document } }',
        { on: today },
      ),
    )
    expect(assessmentPack).toMatchObject({ title: '某县党建考核办法', until: addDays(quarter(2), -1) })
    expect(assessmentPack?.scales[0]?.indicators[0]).toEqual({
      ...{ key: 'CLASS', kind: 'BASE', per: 'QUARTER', factKind: 'ATTENDANCE', when: null, points: '3', cap: null },
      ...{
        where: "fact.meetingKind == 'CLASS' && fact.attendance == 'PRESENT'",
        capOfYear: false,
        absenceCounts: true,
      },
      ...{ condition: '每季度按“参加会议情况”计', basis: { certainty: 'COUNTY', source: '某县组织部文件' } },
    })
    expect(assessmentPack?.scales[1]?.indicators[0]?.condition).toBe('每期按“台账检查得分”计；没有新的记录时沿用上一次')
    const document = `{ assessmentPack(on: "${today}") { scales { indicators { condition } } } }`
    const inEnglish = await post(
      surroundings().services.assessment,
      { query: document },
      { authorization: `Bearer ${await tokenOf(member)}`, 'accept-language': 'en' },
    )
    expect(inEnglish.data.assessmentPack.scales[0].indicators[0].condition).toBe(
      'Counted each quarter by “attendance at a meeting”',
    )
    const other = await createCounty()
    const elsewhere = dataOf(
      await other.world.ask.assessment(other.admin, '{ assessmentPack { version } scoringSettings { isOn } }'),
    )
    expect(elsewhere).toEqual({ assessmentPack: null, scoringSettings: { isOn: false } })

    const pool = createPool(databaseUrl(surroundings(), 'assessment'), { max: 2, applicationName: 'packs-test' })
    const prisma = new PrismaClient({ adapter: createAdapter(pool) })
    const inCounty = <T>(work: (tx: Tx) => Promise<T>) => createTransact<Tx>(prisma)(systemActor(county.id), work)
    const inForce = await inCounty(tx => packStore.inForce(tx, county.id, quarter(2)))
    expect(inForce).toMatchObject({
      key: 'county',
      version: 2,
      number: decision.number,
      document: { title: '新办法', peers: 'KIND' },
    })
    expect(await inCounty(tx => packStore.inForce(tx, county.id, quarter(4)))).toBeNull()
    const decided = await inCounty(tx => packStore.decided(tx, county.id))
    expect(decided.map(({ version, effectiveFrom, until }) => [version, effectiveFrom, until])).toEqual([
      [1, quarter(-2), addDays(quarter(2), -1)],
      [2, quarter(2), addDays(quarter(4), -1)],
    ])
    await prisma.$disconnect()
    await pool.end()
  })

  test('S0-7 S0-9 a county takes a pack of the library as it is, and sees in what it differs from its own before it decides', async () => {
    const { packLibrary } = dataOf(
      await county.world.ask.assessment(
        county.admin,
        '{ packLibrary { key period scales { subject indicators { key } } document } }',
      ),
    )
    expect(packLibrary.map(({ key }) => key)).toEqual([
      's0-quarterly',
      's1-monthly',
      's2-health',
      's3-yearly',
      's4-year-plan',
    ])
    const s1 = packLibrary.find(({ key }) => key === 's1-monthly')
    expect(s1?.scales.map(({ indicators }) => indicators.length)).toEqual([33, 26, 1])
    const own = { ...JSON.parse(s1?.document ?? ''), title: '本县办法' }
    const compare = (before: object, after: object, by: Actor = county.admin) =>
      county.world.ask.assessment(
        by,
        'query ($before: PackReferenceInput!, $after: PackReferenceInput!) { comparePacks(before: $before, after: $after) { part key change fields { name before after } } }',
        { before, after },
      )
    expect(dataOf(await compare({ library: 's1-monthly' }, { document: JSON.stringify(own) })).comparePacks).toEqual([
      {
        ...{ part: 'PACK', key: 's1-monthly', change: 'CHANGED' },
        fields: [{ name: 'title', before: '党员三十三项、支部二十六项指标月度考核办法', after: '本县办法' }],
      },
    ])
    expect(dataOf(await compare({ version: 1 }, { version: 2 })).comparePacks.map(({ part }) => part)).toEqual(['PACK'])
    expect(codesOf(await compare({ version: 9 }, { library: 's0-quarterly' }))).toEqual(['NOT_FOUND'])
    expect(codesOf(await compare({ library: 's9' }, { library: 's0-quarterly' }))).toEqual(['NOT_FOUND'])
    expect(codesOf(await compare({}, { library: 's0-quarterly' }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await compare({ document: JSON.stringify(countingBy('点赞')) }, { version: 1 }))).toEqual([
      'PACK_REFUSED',
    ])
    expect(
      codesOf(await compare({ version: 1 }, { version: 2 }, await seedActor(county, 'ADMIN', tree.root.id))),
    ).toEqual(['FORBIDDEN'])

    const another = await createCounty()
    const adopt = (input: object) =>
      another.world.ask.assessment(
        another.admin,
        'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { key version title } } }',
        { input: { ...decision, effectiveFrom: quarter(1), ...input } },
      )
    expect(codesOf(await adopt({}))).toEqual(['BAD_INPUT'])
    expect(codesOf(await adopt({ library: 's0-quarterly', document: '{}' }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await adopt({ library: 's9' }))).toEqual(['NOT_FOUND'])
    expect(dataOf(await adopt({ library: 's0-quarterly' })).publishPack.pack).toEqual({
      key: 's0-quarterly',
      version: 1,
      title: '机关党建季度考核办法',
    })
  })

  test('R2 what was decided is audited, and neither changed nor deleted', async () => {
    const rows = await look('assessment', 'select action from audit_entry where county_id = $1 order by recorded_at', [
      county.id,
    ])
    expect(rows.map(({ action }) => action)).toEqual(['pack.published', 'pack.published', 'scoring.ended'])
    await expect(
      look('assessment', 'update pack_decision set title = $2 where county_id = $1', [county.id, '改']),
    ).rejects.toThrow()
    await expect(look('assessment', 'delete from pack_decision where county_id = $1', [county.id])).rejects.toThrow()
  })

  test('R2 two administrators who publish at once are counted one after the other', async () => {
    const another = await createCounty()
    const answers = await Promise.all(
      [1, 2, 3].map(after =>
        another.world.ask.assessment(
          another.admin,
          'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { version } } }',
          { input: { document: JSON.stringify(lawfulPack()), ...decision, effectiveFrom: quarter(after) } },
        ),
      ),
    )
    expect(answers.map(answer => dataOf(answer).publishPack.pack.version).sort()).toEqual([1, 2, 3])
  })
})
