import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { factKinds } from '../kinds/fact-kinds.ts'
import { attributesOf, byHand, quantityOf, requireDay, subjectOf } from './recorded-fact.ts'

const refusal = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}
const said = (...pairs: [string, string][]) => pairs.map(([key, value]) => ({ key, value }))

describe('R14 what may be written down by hand', () => {
  const contract = readFileSync(join(import.meta.dirname, '../../../schema.graphql'), 'utf8')
  const values = (name: string) =>
    [...(new RegExp(`^enum ${name} \\{(.*?)^\\}`, 'ms').exec(contract)?.[1] ?? '').matchAll(/^ {2}([A-Z_]+)$/gm)].map(
      ([, value]) => value as string,
    )

  test('R14 the contract has every kind of facts, and by hand those alone that no service tells', () => {
    expect(values('FactKind').toSorted()).toEqual(Object.keys(factKinds).toSorted())
    const untold = Object.entries(factKinds).flatMap(([kind, { told }]) => (told === 'BY_HAND' ? [kind] : []))
    expect(values('ByHandFactKind').toSorted()).toEqual(untold.toSorted())
    expect(byHand.toSorted()).toEqual(untold.toSorted())
  })

  test('R14 a fact says what its kind has, each of it, and nothing else', () => {
    expect(attributesOf('LAW_BREACH', said(['decidedBy', 'COURT'], ['matter', 'OTHER']))).toEqual({
      ...{ decidedBy: 'COURT', matter: 'OTHER' },
    })
    expect(attributesOf('ORDER_ANSWERED', said(['inTime', 'true'], ['isMet', 'false']))).toEqual({
      ...{ inTime: true, isMet: false },
    })
    expect(attributesOf('BUSINESS_RESULT', [])).toEqual({})
    const refused = [
      said(['decidedBy', 'COURT']),
      said(['decidedBy', 'COURT'], ['matter', 'NEIGHBOURS']),
      said(['decidedBy', 'COURT'], ['matter', 'OTHER'], ['likes', '9']),
      said(['decidedBy', 'COURT'], ['matter', 'OTHER'], ['matter', 'OTHER']),
    ]
    for (const one of refused) expect(refusal(() => attributesOf('LAW_BREACH', one))).toBe('FACT_SAYS_OTHERWISE')
    expect(refusal(() => attributesOf('PLEDGE', said(['kept', 'yes'])))).toBe('FACT_SAYS_OTHERWISE')
    expect([subjectOf('PLEDGE'), subjectOf('BUSINESS_RESULT')]).toEqual(['MEMBER', 'ORGANISATION'])
  })

  test.each([
    [0, null],
    [0.004, null],
    [0.01, 1],
    [1, 100],
    [2.5, 250],
    [33.33, 3333],
    [1.005, null],
    [1_000, 100_000],
    [1_000.01, null],
    [-1, null],
    [Number.NaN, null],
  ])('R6 so much of it as %f', (given, wanted) => {
    if (wanted === null) expect(refusal(() => quantityOf(given))).toBe('BAD_INPUT')
    else expect(quantityOf(given)).toBe(wanted)
  })

  test.each([
    ['2026-11-30', null],
    ['2026-12-01', 'BAD_INPUT'],
    ['2021-11-30', null],
    ['2021-11-29', 'BAD_INPUT'],
  ])('R6 on %s, where today is 30 November', (day, wanted) => {
    expect(refusal(() => requireDay(day, '2026-11-30'))).toBe(wanted)
  })
})
