import { describe, expect, test } from '@jest/globals'
import { packLibrary } from '../library/library.ts'
import { conditionOf } from './condition.ts'

type Asked = Parameters<typeof conditionOf>[0]
const by = (reads: object, per: Asked['per'], carry = false) => ({ reads, per, carry }) as Asked

describe('S1-14 what an indicator looks at, in words', () => {
  test.each<[Asked, string, string]>([
    [
      by({ kind: 'ATTENDANCE', of: 'SELF' }, 'QUARTER'),
      '每季度按“参加会议情况”计',
      'Counted each quarter by “attendance at a meeting”',
    ],
    [
      by({ kind: 'HONOUR', of: 'MEMBERS' }, 'FACT'),
      '每次按所属党员的“表彰奖励”计',
      'Counted each time by “an honour” of its members',
    ],
    [
      by({ kind: 'MEETING_HELD', of: 'BELOW' }, 'YEAR'),
      '每年按下级的“召开会议”计',
      'Counted each year by “a meeting held” of what stands below',
    ],
    [by({ scores: 'MEMBERS' }, 'MONTH'), '每月按所属党员的得分计', 'Counted each month by the scores of its members'],
    [
      by({ scores: 'BELOW' }, 'HALF_YEAR'),
      '每半年按下级组织的得分计',
      'Counted each half year by the scores of what stands below',
    ],
    [
      by({ kind: 'LEDGER_REVIEW', of: 'SELF' }, 'PERIOD', true),
      '每期按“组织生活台账抽查”计；没有新的记录时沿用上一次',
      'Counted once a sheet by “a ledger that was inspected”; where nothing new is recorded, as it was the last time',
    ],
  ])('S1-14 %j: %s', (indicator, zh, en) => expect(conditionOf(indicator)).toEqual({ zh, en }))

  test('S1-14 every indicator of the library is told in both languages, and in English no word of Chinese', () => {
    const all = packLibrary.flatMap(({ scales }) => scales.flatMap(({ indicators }) => indicators.map(conditionOf)))
    expect(all.length).toBeGreaterThan(100)
    expect(all.filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || /\p{Script=Han}/u.test(en))).toEqual([])
  })
})
