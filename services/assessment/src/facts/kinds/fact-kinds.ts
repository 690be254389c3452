import { byHandKinds } from './by-hand-kinds.ts'
import type { FactKindRule } from './fact-kind-rule.ts'

export type { FactKindRule, SubjectType } from './fact-kind-rule.ts'

const meetingKind = {
  type: 'string',
  values: [
    'BRANCH_COMMITTEE',
    'BRANCH_ASSEMBLY',
    'GROUP_MEETING',
    'CLASS',
    'THEME_DAY',
    'CRITICISM_MEETING',
    'APPRAISAL_MEETING',
    'COMMITTEE',
    'DISCIPLINE_COMMITTEE',
    'MEMBER_ASSEMBLY',
    'CONGRESS',
    'JOINT_ACTIVITY',
  ],
} as const

/** What may be counted (R1): each kind is there because the work itself leaves it. */
export const factKinds = {
  ATTENDANCE: {
    name: { zh: '参加会议情况', en: 'attendance at a meeting' },
    subject: 'MEMBER',
    attributes: {
      meetingKind,
      attendance: { type: 'string', values: ['PRESENT', 'LEAVE', 'ABSENT'] },
      late: { type: 'bool' },
      leftEarly: { type: 'bool' },
    },
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
  MEETING_HELD: {
    name: { zh: '召开会议', en: 'a meeting held' },
    subject: 'ORGANISATION',
    attributes: { meetingKind, due: { type: 'int' }, present: { type: 'int' }, resolutions: { type: 'int' } },
    told: 'EVENTS',
  },
  ...byHandKinds,
} as const satisfies Record<string, FactKindRule>

export type FactKind = keyof typeof factKinds
