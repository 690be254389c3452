import { describe, expect, test } from '@jest/globals'
import { packDocument } from '../documents/pack.ts'
import { packLibrary } from '../library/library.ts'
import { broken, lawfulPack } from '../validation/lawful-pack.ts'
import { differencesOf } from './compare.ts'

const parse = (pack: unknown) => packDocument.parse(pack)
const before = parse(lawfulPack())

describe('S0-7 two packs side by side', () => {
  test('the same pack differs in nothing', () => {
    expect(differencesOf(before, parse(lawfulPack()))).toEqual([])
  })

  test('what is changed, added and taken out is told with its place, and what it was and is', () => {
    const after = parse(
      broken(pack => {
        const [member, branch] = pack.scales
        Object.assign(pack, { title: '新办法' })
        Object.assign(member, { base: 50 })
        Object.assign(member.indicators[0] ?? {}, { points: '5' })
        Object.assign(member.grades[0] ?? {}, { from: 90 })
        member.exemptions.pop()
        branch.indicators.pop()
        branch.lights.push({ ...(branch.lights[0] as object), key: 'NEW' })
        pack.indices.pop()
      }),
    )
    const told = differencesOf(before, after).map(({ scale, part, key, change, fields }) => [
      ...[scale, part, key, change],
      fields.map(({ name, before: was, after: is }) => `${name} ${was} ${is}`).join(),
    ])
    expect(told).toEqual([
      [null, 'PACK', 'county', 'CHANGED', 'title 某县党建考核办法 新办法'],
      ['MEMBER', 'SCALE', 'MEMBER', 'CHANGED', 'base 60 50'],
      ['MEMBER', 'INDICATOR', 'CLASS', 'CHANGED', 'points 3 5'],
      ['MEMBER', 'GRADE', 'GOOD', 'CHANGED', 'from 80 90'],
      ['MEMBER', 'EXEMPTION', 'ABROAD/NOT_COUNTED', 'REMOVED', ''],
      ['BRANCH', 'INDICATOR', 'PEOPLE', 'REMOVED', ''],
      ['BRANCH', 'LIGHT', 'NEW', 'ADDED', ''],
      [null, 'INDEX', 'LOYALTY', 'REMOVED', ''],
    ])
  })

  test('a scale that one of them does not have is told as one', () => {
    const [s0, , s2] = packLibrary
    const told = differencesOf(s0 as never, s2 as never)
    expect(told.filter(({ part, change }) => part === 'SCALE' && change === 'REMOVED').map(({ key }) => key)).toEqual([
      'BRANCH',
      'ABOVE',
    ])
    expect(told.filter(({ scale }) => scale === 'BRANCH')).toEqual([])
  })
})
