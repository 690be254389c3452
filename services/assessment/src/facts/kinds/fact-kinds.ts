import { meetingKinds } from '@linghang/rulebook'
import { byHandKinds } from './by-hand-kinds.ts'
import { dutyKinds } from './duty-kinds.ts'
import type { FactKindRule } from './fact-kind-rule.ts'

export type { FactKindRule, SubjectType } from './fact-kind-rule.ts'

const meetingKind = { type: 'string', values: meetingKinds } as const

/** What may be counted (R1): each kind is there because the work itself leaves it. */
export const factKinds = {
  ATTENDANCE: {
    name: { zh: '参加会议情况', en: 'attendance at a meeting' },
    subject: 'MEMBER',
    attributes: {
      meetingKind,
      // EXCEPTED: lawfully not due; nothing is missed by it.
      attendance: { type: 'string', values: ['PRESENT', 'LEAVE', 'ABSENT', 'EXCEPTED'] },
      late: { type: 'bool' },
      leftEarly: { type: 'bool' },
      // Of who was away: the branch has confirmed that they made it up.
      madeUp: { type: 'bool' },
    },
    told: 'EVENTS',
  },
  APPRAISAL: {
    name: { zh: '民主评议等次', en: 'the grade that the assembly gave' },
    subject: 'MEMBER',
    // NONE: lawfully left out, and given none.
    attributes: { grade: { type: 'string', values: ['EXCELLENT', 'QUALIFIED', 'BASIC', 'UNQUALIFIED', 'NONE'] } },
    told: 'EVENTS',
  },
  DUES_MONTH: {
    name: { zh: '当月党费', en: 'dues of a month' },
    subject: 'MEMBER',
    attributes: {
      state: { type: 'string', values: ['OPEN', 'PART', 'SETTLED', 'WAIVED'] },
      inTime: { type: 'bool' },
    },
    told: 'EVENTS',
  },
  DUES_ARREARS: {
    name: { zh: '欠交党费', en: 'dues that were not paid for months' },
    subject: 'MEMBER',
    // How many months that are over; settled: paid since.
    attributes: { months: { type: 'int' }, settled: { type: 'bool' } },
    told: 'EVENTS',
  },
  MEETING_HELD: {
    name: { zh: '召开会议', en: 'a meeting held' },
    subject: 'ORGANISATION',
    attributes: { meetingKind, due: { type: 'int' }, present: { type: 'int' }, resolutions: { type: 'int' } },
    told: 'EVENTS',
  },
  ...dutyKinds,
  // Told by the rooms of draws in this service itself, when a committee publishes what it has found (S0-18).
  LEDGER_REVIEW: {
    name: { zh: '组织生活台账抽查', en: 'a ledger that was inspected' },
    subject: 'ORGANISATION',
    attributes: { list: { type: 'string', values: ['BLACK', 'WHITE'] } },
    told: 'EVENTS',
  },
  ...byHandKinds,
} as const satisfies Record<string, FactKindRule>

export type FactKind = keyof typeof factKinds
