import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const nextMonth = addMonths(monthOf(today), 1)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: Map<string, string>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const at = (name: string, category: string, base: string) =>
    fullMember(county.code, tree.a1.code, { 姓名: name, 党费人员类别: category, '党费计算基数（元/月）': base })
  ids = await seedMembers(county, [at('郑月', '按月薪', '5000.01'), at('钱田', '农民', ''), at('孙缺', '按月薪', '')])
  await everyoneKnown(county)
})

const explain = async (name: string, month?: string, by: Actor = county.admin) =>
  entityOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!, $month: Date) { _entities(representations: $refs) { ... on Member { duesRecord {
        explain(month: $month) { version category incomeFen incomeMonths baseFen bracket { overFen upToFen perMille } exactFen
          rounding roundedFen usualAtMostFen dueFen citations { article certainty } text { zh en } } } } } }`,
      { refs: [{ __typename: 'Member', id: ids.get(name) as string }], month },
    ),
  ).duesRecord
const decide = (input: object, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: SetDuesSettingsInput!) { setDuesSettings(input: $input) { settings { effectiveFrom rounding farmerFen basis } } }',
    {
      input: {
        effectiveFrom: nextMonth,
        rounding: 'JIAO' as const,
        farmerFen: '50',
        basis: '区委组〔2026〕9 号',
        ...input,
      },
    },
  )

describe('1.4 why somebody owes what they owe', () => {
  test('1.4 is said with base, bracket, rate, rounding and article, to whoever sees the record, and to nobody else', async () => {
    expect((await explain('郑月'))?.explain).toEqual({
      ...{ version: 'V2017', category: 'MONTHLY_SALARY', incomeFen: '500001', incomeMonths: 1, baseFen: '500001' },
      bracket: { overFen: '500000', upToFen: '1000000', perMille: 15 },
      ...{ exactFen: '7500.015', rounding: 'FEN', roundedFen: '7500', usualAtMostFen: null, dueFen: '7500' },
      citations: ['第一条', '第二条'].map(article => ({ article, certainty: 'VERIFIED' })),
      text: { zh: expect.stringContaining('每月交纳 75.00 元'), en: expect.stringContaining('75.00 yuan a month') },
    })
    expect((await explain('孙缺'))?.explain).toBeNull()
    expect((await explain('郑月', '1980-01-01'))?.explain).toBeNull()
    const own = await seedActor(county, 'SECRETARY', tree.a1.id)
    expect((await explain('钱田', undefined, own))?.explain?.dueFen).toBe('20')
    const elsewhere = await seedActor(county, 'SECRETARY', tree.b1.id)
    expect(await explain('郑月', undefined, elsewhere)).toBeNull()
  })

  test('1.4 follows what the county decides, from the first day of a month on, and what was told before stays', async () => {
    const settings = dataOf(await decide({})).setDuesSettings.settings
    expect(settings).toEqual({
      effectiveFrom: nextMonth,
      rounding: 'JIAO',
      farmerFen: '50',
      basis: '区委组〔2026〕9 号',
    })
    expect(codesOf(await decide({ farmerFen: '60' }))).toEqual(['DUES_SETTINGS_DATE_TAKEN'])
    const dueIn = async (name: string, month: string) => (await explain(name, month))?.explain?.dueFen
    expect([await dueIn('钱田', today), await dueIn('钱田', nextMonth)]).toEqual(['20', '50'])
    expect(await dueIn('郑月', addMonths(nextMonth, 5))).toBe('7500')
    const { duesSettings } = dataOf(
      await county.world.ask.dues(county.admin, '{ duesSettings { effectiveFrom rounding farmerFen basis } }'),
    )
    expect(duesSettings).toEqual({ effectiveFrom: null, rounding: 'FEN', farmerFen: '20', basis: null })
  })

  test.each([
    [{ farmerFen: '19' }, 'BAD_INPUT'],
    [{ farmerFen: '101' }, 'BAD_INPUT'],
    [{ effectiveFrom: today.endsWith('-01') ? addMonths(today, -1) : monthOf(today) }, 'BAD_INPUT'],
    [{ effectiveFrom: `${nextMonth.slice(0, 7)}-02` }, 'BAD_INPUT'],
    [{ basis: ' ' }, 'BAD_INPUT'],
  ])('1.4 a county does not decide %j', async (input, code) => {
    const later = addMonths(nextMonth, 7)
    expect(codesOf(await decide({ effectiveFrom: later, ...input }))).toEqual([code])
  })

  test('1.4 a county alone decides for itself', async () => {
    const secretary = await seedActor(county, 'ADMIN', tree.root.id)
    expect(codesOf(await decide({ effectiveFrom: addMonths(nextMonth, 3) }, secretary))).toEqual(['FORBIDDEN'])
  })
})
