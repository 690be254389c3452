import { expect, test } from '@jest/globals'
import { whyOf } from './say-why.ts'

const decision = { organ: '县委组织部', title: '办法', number: '1号', untilDay: '2026-12-31' }

test.each([
  ['NOT_DECIDED', null, '没有公布', 'not shown'],
  ['NOT_FOR_YOU', decision, '不在您的查看范围内', 'not for you'],
  ['NOT_PUBLISHED', decision, '暂无内容', 'empty'],
  ['SHOWN', decision, '依据', 'decided by'],
] as const)('R2 of a board that is %s both languages say why, and by what decision', (state, by, zh, en) => {
  const why = whyOf('MEMBERS', state, by)
  expect(why.zh).toContain(zh)
  expect(why.en).toContain(en)
  for (const text of [why.zh, why.en]) expect(text.includes('1号') && text.includes('2026-12-31')).toBe(by !== null)
})
