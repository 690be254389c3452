import { expect, test } from '@jest/globals'
import type { StructureFinding, StructureFindingKind } from '@linghang/rulebook'
import { foundAnew } from './found.ts'

const today = '2026-03-10'
const finding = (kind: StructureFindingKind): StructureFinding => ({
  ...{ kind, found: '2', wanted: '≥ 3', since: null, advice: { zh: '', en: '' } },
  citation: { article: '第四条', source: '《条例》', certainty: 'VERIFIED' },
})
const few = { kind: 'TOO_FEW_MEMBERS', since: '2026-02-01' } as const

test.each<[string, Parameters<typeof foundAnew>[0], StructureFindingKind[], ReturnType<typeof foundAnew>]>([
  ['nothing was found and nothing is', [], [], null],
  ['what was found still is', [few], ['TOO_FEW_MEMBERS'], null],
  ['two groups without a full member are one finding', [few], ['TOO_FEW_MEMBERS', 'TOO_FEW_MEMBERS'], null],
  ['something is found', [], ['TOO_FEW_MEMBERS'], [{ ...few, since: today }]],
  [
    'something more is found',
    [few],
    ['TOO_FEW_MEMBERS', 'SECRETARY_VACANT'],
    [few, { kind: 'SECRETARY_VACANT', since: today }],
  ],
  ['what was found is mended', [few], [], []],
  ['one was mended and another one found', [few], ['TERM_OVER'], [{ kind: 'TERM_OVER', since: today }]],
])('S0-19 of how an organisation is set up it is told when it changes: %s', (_, told, kinds, wanted) => {
  expect(foundAnew(told, kinds.map(finding), today)).toEqual(wanted)
})
