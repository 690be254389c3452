import { describe, expect, test } from '@jest/globals'
import { textOf } from '@linghang/documents'
import { platformTexts } from './all-texts.ts'
import { libraryDocument } from './library-document.ts'
import { flowNames, libraryNames, systemNames } from './library-text.ts'
import { inForce, type LibraryVersion, libraryLimits, platformVersion } from './version.ts'

test('S0-10 the library has eleven systems and twelve flows, each with its ground', () => {
  expect([systemNames.length, flowNames.length]).toEqual([11, 12])
  for (const name of libraryNames) {
    const { title, sections, article, source } = platformTexts[name]
    expect([name, title.length, sections.length, article.length, source.length].every(Boolean)).toBe(true)
    expect(title.length <= libraryLimits.titleCharacters && sections.length <= libraryLimits.sections).toBe(true)
  }
  expect(new Set(libraryNames.map(name => platformTexts[name].title)).size).toBe(23)
})

test.each(libraryNames)('S0-10 %s is a document whose words are those of the library', name => {
  const version = platformVersion(name)
  const text = textOf(libraryDocument(version, '中共某区委组织部'))
  for (const { heading, paragraphs } of version.sections)
    for (const said of [heading, ...paragraphs]) expect(text).toContain(said)
  expect(text).toContain(version.basis)
})

describe('S0-10 a county’s own words hold from their day on', () => {
  const own = (version: number, effectiveFrom: string): LibraryVersion => ({
    ...{ name: 'THEME_DAY', version, effectiveFrom, title: `第${version}版`, sections: [], basis: '区委文件' },
  })
  const versions = [own(2, '2026-06-01'), own(1, '2026-01-01')]
  test.each([
    ['2025-12-31', 0],
    ['2026-01-01', 1],
    ['2026-05-31', 1],
    ['2026-06-01', 2],
  ])('on %s version %i', (on, version) => {
    expect(inForce('THEME_DAY', versions, on).version).toBe(version)
    expect(inForce('DUES', versions, on).version).toBe(0)
  })
})

test('B8 nothing in the library asks for what the rules forbid', () => {
  for (const name of libraryNames) {
    const said = JSON.stringify(platformTexts[name])
    for (const word of ['签到', '打卡', '拍照', '截图', '定位', '排名', '点赞'])
      for (const found of said.matchAll(new RegExp(`.{0,12}${word}`, 'g'))) expect(found[0]).toMatch(/不/)
  }
})
