import { describe, expect, test } from '@jest/globals'
import { type IndicatorKind, type Light, type PackIndex, packDocument } from './pack.ts'

const indicator = {
  ...{
    key: 'M01',
    title: '按月足额交纳党费',
    group: 'LIFE',
    kind: 'BASE',
    per: 'MONTH',
    points: '1',
    absence: 'COUNTS',
  },
  basis: { certainty: 'SEED', source: '海曙区《智慧党建》', article: '按月足额缴纳党费计1分' },
  reads: { kind: 'DUES_MONTH', where: "fact.state == 'SETTLED'" },
}
const document = {
  ...{ format: 1, key: 'county-rules', title: '党员考核办法', summary: '按月计分。', period: 'MONTH' },
  scales: [
    {
      key: 'MEMBER',
      title: '党员',
      subject: 'MEMBER',
      groups: [{ key: 'LIFE', title: '党内生活' }],
      indicators: [indicator],
    },
  ],
}

describe('S1-4 a pack is data', () => {
  test('what a county leaves out is as it is commonly done', () => {
    const { scales, indices, peers } = packDocument.parse(document)
    expect(scales[0]).toMatchObject({ base: 0, exemptions: [], grades: [], lights: [] })
    expect(scales[0]?.groups[0]?.weight).toBe(1)
    expect(scales[0]?.indicators[0]).toMatchObject({ capPer: 'PERIOD', carry: false })
    expect(scales[0]?.indicators[0]?.reads).toMatchObject({ of: 'SELF' })
    expect([indices, peers]).toEqual([[], 'KIND'])
  })

  test('S1-15 lights and S0-32 indices of a pack are told as the engine reads them', () => {
    const light: Light = {
      ...{ key: 'MEMBERS_RED', title: '红灯党员达到两成', colour: 'RED', by: { lit: 'RED', on: 0.2, off: 0.15 } },
      basis: { certainty: 'SEED', source: '海曙区《智慧党建》', article: '红灯党员人数在20%以上' },
    }
    const index: PackIndex = { key: 'LOYALTY', title: '忠诚指数', of: 'BRANCH', combine: 'SUM', from: { score: true } }
    const scales = [{ ...document.scales[0], lights: [light] }]
    const parsed = packDocument.parse({ ...document, scales, indices: [index] })
    expect([parsed.scales[0]?.lights, parsed.indices]).toEqual([[light], [index]])
  })

  const kinds: IndicatorKind[] = ['BASE', 'PLUS', 'MINUS', 'VETO']
  test.each(kinds)('an indicator may be of the kind %s', kind => {
    const scales = [{ ...document.scales[0], indicators: [{ ...indicator, kind }] }]
    expect(packDocument.safeParse({ ...document, scales }).success).toBe(true)
  })

  test.each([
    ['a field that no pack has', { ...document, ranking: true }],
    ['another form of documents', { ...document, format: 2 }],
    ['a key with other letters', { ...document, key: 'County Rules' }],
    ['a pack without a scale', { ...document, scales: [] }],
    [
      'an indicator without a basis',
      { ...document, scales: [{ ...document.scales[0], indicators: [{ ...indicator, basis: undefined }] }] },
    ],
    ['points of three decimals', { ...document, scales: [{ ...document.scales[0], base: 60.005 }] }],
  ])('%s is refused', (_, wrong) => {
    expect(packDocument.safeParse(wrong).success).toBe(false)
  })
})
