import { describe, expect, test } from '@jest/globals'
import { parse } from 'graphql'
import { measureDocument } from './measure-operation.ts'

const measure = (text: string) => measureDocument(parse(text))

describe('platform what a query asks for', () => {
  test.each([
    ['{ a }', { depth: 1, aliases: 0, rootFields: 1, directives: 0, selections: 1 }],
    ['{ x: a b { y: c } }', { depth: 2, aliases: 2, rootFields: 2, directives: 0, selections: 3 }],
    ['{ a { ... on T { b { c } } } }', { depth: 3, aliases: 0, rootFields: 1, directives: 0, selections: 3 }],
    ['{ ...F ...F } fragment F on Q { x: a }', { depth: 1, aliases: 2, rootFields: 2, directives: 0, selections: 2 }],
    ['{ x: __typename y: __typename }', { depth: 1, aliases: 2, rootFields: 2, directives: 0, selections: 2 }],
    [
      'query Q($v: Int @d) @d { a @d ... @d { b } ...F @d } fragment F on Q @d { c }',
      { depth: 1, aliases: 0, rootFields: 3, directives: 6, selections: 3 },
    ],
    ['query A { a } query B { a { b } }', { depth: 2, aliases: 0, rootFields: 1, directives: 0, selections: 2 }],
  ])('platform %s', (text, expected) => {
    expect(measure(text)).toEqual(expected)
  })

  test('platform a fragment named like introspection hides nothing', () => {
    expect(measure('{ a { ...__schema } } fragment __schema on T { b { c { d } } }').depth).toBe(4)
  })

  test('platform fragments inside themselves end', () => {
    expect(measure('{ ...A } fragment A on Q { x ...B } fragment B on Q { ...A }').selections).toBe(1)
    expect(measure('{ ...Missing }').selections).toBe(0)
  })

  test('platform fragments that double at each of 40 levels are counted without being unfolded', () => {
    const levels = Array.from({ length: 40 }, (_, n) => `fragment f${n} on Q { ...f${n + 1} ...f${n + 1} }`)
    const { selections } = measure(`{ ...f0 } ${levels.join(' ')} fragment f40 on Q { x }`)
    expect(selections).toBe(2 ** 40)
  })
})
