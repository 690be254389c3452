import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, send as request } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { addDays } from '@linghang/rulebook'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())

let county: County
let secretary: Awaited<ReturnType<typeof seedActor>>
beforeAll(async () => {
  county = await createCounty()
  const { a1 } = await seedTwoCommittees(county)
  secretary = await seedActor(county, 'SECRETARY', a1.id)
})

const set = (input: object, by = county.admin) =>
  county.world.askUntyped.org(
    by,
    'mutation ($input: SetLibraryTextInput!) { setLibraryText(input: $input) { entry { inForce { version title } } } }',
    {
      input: {
        ...{ name: 'THEME_DAY', effectiveFrom: today, title: '本区主题党日办法', basis: '区委组织部〔2026〕11号' },
        ...{ sections: [{ heading: '时间', paragraphs: ['每月第一个工作日。'] }], ...input },
      },
    },
  )
const library = async (on: string | null = null) =>
  dataOf(
    await county.world.askUntyped.org(
      secretary,
      `query ($on: Date) { library(on: $on) { name isFlow inForce { version title } platform { title basis } own { version } } }`,
      { on },
    ),
  ).library
type Entry = { name: string; isFlow: boolean; inForce: { version: number; title: string }; own: { version: number }[] }
const themeDay = (entries: Entry[]) => entries.find(({ name }) => name === 'THEME_DAY')

test('S0-10 eleven systems and twelve flows are there for everybody, and a county’s own words beside them', async () => {
  const all: Entry[] = await library()
  expect(all.filter(({ isFlow }) => !isFlow)).toHaveLength(11)
  expect(all.filter(({ isFlow }) => isFlow)).toHaveLength(12)
  expect(themeDay(all)).toMatchObject({ inForce: { version: 0, title: '主题党日制度' }, own: [] })
  const tomorrow = addDays(today, 1)
  expect(dataOf(await set({ effectiveFrom: tomorrow })).setLibraryText.entry.inForce).toEqual({
    ...{ version: 1, title: '本区主题党日办法' },
  })
  expect(themeDay(await library())).toMatchObject({ inForce: { version: 0 }, own: [{ version: 1 }] })
  expect(themeDay(await library(tomorrow))).toMatchObject({
    inForce: { version: 1 },
    platform: { title: '主题党日制度' },
  })
  expect(codesOf(await set({ effectiveFrom: tomorrow }))).toEqual(['LIBRARY_DATE_TAKEN'])
})

describe('S0-10 what is no text of a library is refused', () => {
  const section = { heading: '时间', paragraphs: ['每月一次。'] }
  test.each<[string, object, string]>([
    ['a day that is past', { effectiveFrom: addDays(today, -1) }, 'BAD_INPUT'],
    ['a title of blanks', { title: '  ' }, 'BAD_INPUT'],
    ['a title of 61 characters', { title: '题'.repeat(61) }, 'BAD_INPUT'],
    ['21 parts', { sections: Array(21).fill(section) }, 'LIBRARY_TOO_LONG'],
    ['31 paragraphs', { sections: [{ ...section, paragraphs: Array(31).fill('一段') }] }, 'LIBRARY_TOO_LONG'],
    ['a paragraph of 1,001 characters', { sections: [{ ...section, paragraphs: ['段'.repeat(1_001)] }] }, 'BAD_INPUT'],
    ['a heading of nothing', { sections: [{ ...section, heading: '' }] }, 'BAD_INPUT'],
    ['no ground', { basis: ' ' }, 'BAD_INPUT'],
  ])('%s', async (_, input, code) => {
    expect(codesOf(await set({ name: 'DUES', ...input }))).toEqual([code])
  })

  test('the words of anybody but the county’s administrators', async () => {
    expect(codesOf(await set({ name: 'DUES' }, secretary))).toEqual(['FORBIDDEN'])
  })
})

test('S0-10 a text comes as a document to whoever was given the link, and to nobody else', async () => {
  const { libraryTextLink } = dataOf(
    await county.world.askUntyped.org(secretary, '{ libraryTextLink(name: FLOW_CLASS) { url } }', {}),
  )
  const fetched = (by: typeof secretary, path = libraryTextLink.url) =>
    request(county.world.urls.org, by, { method: 'GET', path })
  const answer = await fetched(secretary)
  expect(answer.status).toBe(200)
  expect(answer.text.startsWith('PK')).toBe(true)
  expect((await fetched(county.admin)).status).toBeGreaterThanOrEqual(400)
  expect(
    (await fetched(secretary, libraryTextLink.url.replace('flow-class', 'flow-election'))).status,
  ).toBeGreaterThanOrEqual(400)
  expect((await fetched(secretary, libraryTextLink.url.replace('flow-class', 'flow-nothing'))).status).toBe(404)
})
