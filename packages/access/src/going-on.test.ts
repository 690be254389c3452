import { expect, test } from '@jest/globals'
import { idsIn } from './going-on.ts'

const [one, two] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']

test('S0-12 what an input names is found wherever it stands, once, and nothing else', () => {
  expect(
    idsIn({ orgId: one, content: { people: [{ memberId: two }, { memberId: one }] }, note: `见 ${two}`, n: 1n }),
  ).toEqual([one, two])
  expect(idsIn({ bytes: new Uint8Array(2), nothing: null, text: '甲' })).toEqual([])
  expect(idsIn(one)).toEqual([one])
})
