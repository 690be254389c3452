import { describe, expect, test } from '@jest/globals'
import { renderDocx, textOf } from '@linghang/documents'
import type { MeetingContent, Person } from '../meetings/meeting.ts'
import { minutesDocument } from './minutes-document.ts'

const person = (memberId: string, more: Partial<Person> = {}): Person => ({
  ...{ memberId, standing: 'FULL', exception: null, attendance: 'PRESENT', leaveReason: null },
  ...more,
})
const content: MeetingContent = {
  ...{ heldOn: '2026-06-01', place: '一楼会议室', agenda: null, minutes: '会前学习了文件。', everybody: true },
  ...{ due: 5, present: 3 },
  items: [
    { title: '讨论接收预备党员', discussion: '逐个讨论。\n介绍人介绍情况。', outcome: '提交表决' },
    { title: '通报党费收缴', discussion: null, outcome: null },
  ],
  people: [
    ...['a', 'b'].map(id => person(id)),
    person('c', { late: true }),
    person('d', { attendance: 'LEAVE', leaveReason: '住院' }),
    person('e', { attendance: 'ABSENT' }),
    person('f', { exception: { reason: 'LONG_ILL', since: null, note: null }, attendance: null }),
    person('g', { standing: 'PROBATIONARY' }),
  ],
  resolutions: [
    {
      ...{ id: '1', matter: 'ADMISSION', memberId: 'h', text: '接收某同志为中共预备党员', decision: 'SECRET_BALLOT' },
      ballots: { due: 5, present: 3, inFavour: 3, against: 0, abstained: 0 },
      ...{ opinions: [], writtenInFavour: 1, writtenAgainst: 0, quorate: true, carried: true },
    },
    {
      ...{ id: '2', matter: 'OTHER', memberId: null, text: '通过工作计划', decision: 'COLLECTIVE_AGREEMENT' },
      ballots: { due: 5, present: 2, inFavour: 2, against: 0, abstained: 0 },
      ...{ opinions: [], writtenInFavour: 0, writtenAgainst: 0, quorate: false, carried: false },
    },
  ],
}
const made = (state: 'DRAFT' | 'CLOSED') =>
  minutesDocument({
    ...{ organisation: '中共某社区第一支部委员会', content, printedOn: '2026-06-02' },
    meeting: { kind: 'BRANCH_ASSEMBLY', state, version: 2 },
  })

describe('S0-16 the minutes of a meeting', () => {
  const text = textOf(made('CLOSED'))

  test.each([
    '中共某社区第一支部委员会',
    '支部党员大会记录',
    '2026年6月1日',
    '一楼会议室',
    '1．讨论接收预备党员',
    '介绍人介绍情况。',
    '议定：提交表决',
    '2．通报党费收缴',
    '会前学习了文件。',
    '（1）接收预备党员：接收某同志为中共预备党员',
    '无记名投票：应到 5 人，实到 3 人，赞成 3 票，不赞成 0 票，弃权 0 票，另有书面意见 1 份（赞成 1、不赞成 0）。通过。',
    '集体研究：应到 5 人，实到 2 人，赞成 2 票，不赞成 0 票，弃权 0 票。到会人数不足，表决无效。',
    '已归档，第 2 版。',
  ])('S0-16 say: %s', words => expect(text).toContain(words))

  test('S0-16 count who was due, who came, was on leave, absent, late, left out or on probation, and say nobody’s reason', () => {
    expect(text).toMatch(/应到会有表决权\n5 人\n实到会有表决权\n3 人\n请　假\n1 人\n缺　席\n1 人/)
    expect(text).toMatch(/迟到、早退\n1 人\n预备党员到会\n1 人\n不计入应到会\n1 人/)
    expect(text).not.toContain('住院')
  })

  test('S0-16 a draft says that it is one', () => {
    expect(textOf(made('DRAFT'))).toContain('草稿，尚未归档。')
    expect(textOf(made('DRAFT'))).not.toContain('已归档')
  })

  test('S0-16 the same meeting gives the same file', async () => {
    const [first, second] = [await renderDocx(made('CLOSED')), await renderDocx(made('CLOSED'))]
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
    expect(Buffer.from(first).subarray(0, 2).toString()).toBe('PK')
  })
})
