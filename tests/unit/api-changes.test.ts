import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { apiChangelog, changesBetween, nameOf, readReasons, readVersions, unexplained } from '../api-changes.ts'

const root = join(import.meta.dirname, '../..')
const before = 'type Query { a: Int!  b(c: Int): String }  input I { x: Int }  enum E { ONE TWO }'

describe('platform what changes for apps', () => {
  test('platform is told since each release, and no version breaks an app without a reason', async () => {
    const versions = readVersions()
    const reasons = readReasons()
    expect(versions.length).toBeGreaterThan(1)
    for (const [n, { version, sdl }] of versions.entries()) {
      const released = versions[n - 1]
      if (!released) continue
      const changes = await changesBetween(released.sdl, sdl)
      expect({ version, ...unexplained(changes, reasons[version] ?? []) }).toEqual({ version, missing: [], stale: [] })
      for (const { why } of reasons[version] ?? []) expect(why).toMatch(/^.{20,}\.$/)
    }
  })

  test('platform stands in docs/api-changelog.md as npm run api:changelog writes it', async () => {
    expect(readFileSync(join(root, 'docs/api-changelog.md'), 'utf8')).toBe(await apiChangelog())
  })

  test.each([
    ['a field that is gone', before.replace('a: Int!  ', ''), ['FIELD_REMOVED Query.a']],
    ['a field that may be null', before.replace('a: Int!', 'a: Int'), ['FIELD_TYPE_CHANGED Query.a']],
    ['an argument that is wanted', before.replace('c: Int', 'c: Int!'), ['FIELD_ARGUMENT_TYPE_CHANGED Query.b.c']],
    ['an input field that is wanted', before.replace('x: Int', 'x: Int  y: Int!'), ['INPUT_FIELD_ADDED I.y']],
    ['a value that is gone', before.replace('ONE ', ''), ['ENUM_VALUE_REMOVED E.ONE']],
    ['a new field', before.replace('a: Int!', 'a: Int!  n: Int'), []],
    ['a new value', before.replace('TWO', 'TWO THREE'), []],
    ['other words', before.replace('a: Int!', '"Words." a: Int!'), []],
  ])('platform %s breaks apps or does not, and wants a reason', async (_, after, wanted) => {
    const changes = await changesBetween(before, after)
    expect(unexplained(changes, []).missing).toEqual(wanted)
    expect(unexplained(changes, [{ why: 'It has to be.', changes: wanted }])).toEqual({ missing: [], stale: [] })
    expect(unexplained([], [{ why: 'It has to be.', changes: wanted }]).stale).toEqual(wanted)
    expect(changes.map(nameOf)).toEqual(expect.arrayContaining(wanted))
  })
})
