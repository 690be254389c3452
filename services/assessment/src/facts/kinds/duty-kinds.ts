import { approvalKinds, deadlineRules, structureFindingKinds } from '@linghang/rulebook'
import type { FactKindRule } from './fact-kind-rule.ts'

/**
 * OPEN: not done though its day is over; while its day is still to come nothing is counted of it. EXCUSED: with a reason that
 * closes it, or nothing was to be done after all.
 */
const outcome = { type: 'string', values: ['OPEN', 'IN_TIME', 'LATE', 'EXCUSED'] } as const
const daysLate = { type: 'int' } as const
const rulesWith = (...beginnings: string[]) => ({
  type: 'string' as const,
  values: deadlineRules.filter(rule => beginnings.some(beginning => rule.startsWith(beginning))),
})

/** What was to be done by a day, and whether it was. The fact's day is that on which it was due. */
export const dutyKinds = {
  THEME_DAY_DUTY: {
    name: { zh: '主题党日按期开展', en: 'the theme day of a month by the county’s day' },
    subject: 'ORGANISATION',
    attributes: { outcome, daysLate },
    told: 'EVENTS',
  },
  TERM_ELECTION: {
    name: { zh: '按期换届', en: 'the election at the end of a term' },
    subject: 'ORGANISATION',
    attributes: { outcome, daysLate },
    told: 'EVENTS',
  },
  ELECTION_STEP: {
    name: { zh: '换届选举环节', en: 'a step of an election' },
    subject: 'ORGANISATION',
    attributes: { step: rulesWith('ELECTION_'), outcome, daysLate },
    told: 'EVENTS',
  },
  DEVELOPMENT_STEP: {
    name: { zh: '发展党员环节', en: 'a step of a development case' },
    subject: 'ORGANISATION',
    attributes: {
      step: {
        type: 'string',
        values: [
          ...(['APPLICANT_TALK', 'HALF_YEARLY_REVIEW', 'THOUGHT_REPORT', 'POLITICAL_REVIEW_EXPIRES', 'OATH'] as const),
          ...(['ADMISSION_ASSEMBLY', 'ADMISSION_APPROVAL', 'PROBATION_REVIEW', 'PROBATION_ENDS'] as const),
          'CONVERSION_APPROVAL',
        ],
      },
      outcome,
      daysLate,
    },
    told: 'EVENTS',
  },
  APPROVAL_ANSWERED: {
    name: { zh: '审批按期答复', en: 'a request from below, answered' },
    subject: 'ORGANISATION',
    attributes: { matter: { type: 'string', values: approvalKinds }, outcome, daysLate },
    told: 'EVENTS',
  },
  DUES_STATEMENT: {
    name: { zh: '党费汇总、公示、报告、核定', en: 'what is told of dues when it is due' },
    subject: 'ORGANISATION',
    attributes: {
      matter: { type: 'string', values: ['SUMMARY', 'PUBLICATION', 'REPORT', 'FIXING'] },
      outcome,
      daysLate,
    },
    told: 'EVENTS',
  },
  FOLLOW_UP: {
    name: { zh: '会后整改和答复', en: 'what had to be answered or mended after a meeting' },
    subject: 'ORGANISATION',
    attributes: { matter: { type: 'string', values: ['REMARK_ANSWER', 'CRITICISM_MEASURE'] }, outcome, daysLate },
    told: 'EVENTS',
  },
  STRUCTURE_FINDING: {
    name: { zh: '组织设置问题', en: 'something wrong with how an organisation is set up' },
    subject: 'ORGANISATION',
    // OPEN while it stands; mended it says in how many days.
    attributes: { finding: { type: 'string', values: structureFindingKinds }, outcome, daysLate },
    told: 'EVENTS',
  },
} as const satisfies Record<string, FactKindRule>
