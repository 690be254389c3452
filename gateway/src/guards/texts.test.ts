import { describe, expect, test } from '@jest/globals'
import { parse } from 'graphql'
import type { RequestRefused } from '../refusals.ts'
import { judgeTexts } from './texts.ts'

const plain = parse('query ($name: String) { organisation(code: "1") { name } }')
const foundIn = (text: string, variables: Record<string, unknown>) => {
  try {
    judgeTexts(parse(text), variables)
    return null
  } catch (error) {
    return (error as RequestRefused).refusal.params
  }
}

describe('platform a text that comes in', () => {
  test.each([
    ['欧阳𬭎珊 · Ai Li\tO’Brien\n第二行\r\n🙂', null],
    ['王\u0000五', 'U+0000'],
    ['\u0007', 'U+0007'],
    ['王\ud842五', 'U+D842'],
    ['\udfb7', 'U+DFB7'],
    ['王\u200b', 'U+200B'],
    ['\u202e李', 'U+202E'],
    ['\u2066李\u2069', 'U+2066'],
    ['\u3164', 'U+3164'],
    ['\u180e', 'U+180E'],
    ['A\u{e0041}', 'U+E0041'],
    ['\ufeff王', 'U+FEFF'],
    ['\uffff', 'U+FFFF'],
    ['\u0085', 'U+0085'],
  ])('platform %j', (text, found) => {
    const judge = () => judgeTexts(plain, { input: { people: [{ name: text }] } })
    if (found === null) expect(judge).not.toThrow()
    else expect(foundIn('{ me { id } }', { input: { people: [{ name: text }] } })).toEqual({ field: 'name', found })
  })

  test('platform is looked at wherever it stands in a document, and named by its field', () => {
    expect(foundIn('{ organisation(code: "\\u0000") { name } }', {})).toEqual({ field: 'code', found: 'U+0000' })
    expect(foundIn('mutation { a(input: { place: "\\u202e" }) { b } }', {})).toEqual({
      field: 'place',
      found: 'U+202E',
    })
    expect(foundIn('mutation { a(input: { place: """\u200b""" }) { b } }', {})).toEqual({
      field: 'place',
      found: 'U+200B',
    })
    expect(foundIn('query ($day: String = "\\u202e") { a(b: $day) }', {})).toEqual({ field: 'day', found: 'U+202E' })
    expect(foundIn('{ a(list: ["\\u0001"]) }', {})).toEqual({ field: 'list', found: 'U+0001' })
  })

  test('platform values nested deeper than anything is are refused before they are walked', () => {
    const nested = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000))
    expect(foundIn('{ me { id } }', { v: nested })).toMatchObject({ limit: 32 })
  })
})
