import type { FactKindRule } from './fact-kind-rule.ts'

const attendance = { type: 'string', values: ['PRESENT', 'LEAVE', 'ABSENT'] } as const
const level = { type: 'string', values: ['UNIT', 'COUNTY', 'CITY', 'PROVINCE', 'NATION'] } as const

/**
 * What no service knows and an office writes down with its evidence: closed sets, so that nothing can be counted under another
 * name (R14). Who is told of it by a service later only changes `told`.
 */
export const byHandKinds = {
  HONOUR: {
    name: { zh: '表彰奖励', en: 'an honour' },
    subject: 'MEMBER',
    attributes: { level },
    told: 'BY_HAND',
  },
  TRAINING: {
    name: { zh: '集中培训、集体学习（课程登记）', en: 'attendance of a course or of collective study' },
    subject: 'MEMBER',
    // Hours of it are hours in the room (R13).
    attributes: { attendance, course: { type: 'string', values: ['COLLECTIVE_STUDY', 'TRAINING', 'BOOK_CLUB'] } },
    told: 'BY_HAND',
  },
  SERVICE: {
    name: { zh: '志愿服务、为民办事', en: 'service to people' },
    subject: 'MEMBER',
    attributes: {
      matter: { type: 'string', values: ['VOLUNTEERING', 'MICRO_WISH', 'FIRST_IN_CHARGE', 'HOUSEHOLD_VISIT'] },
    },
    told: 'BY_HAND',
  },
  PLEDGE: {
    name: { zh: '公开承诺', en: 'a public pledge' },
    subject: 'MEMBER',
    attributes: { kept: { type: 'bool' } },
    told: 'BY_HAND',
  },
  MODEL_POST: {
    name: { zh: '个人示范岗', en: 'a model post' },
    subject: 'MEMBER',
    attributes: { level },
    told: 'BY_HAND',
  },
  WORK_TASK: {
    name: { zh: '岗位任务', en: 'a task of the own work' },
    subject: 'MEMBER',
    attributes: {
      matter: { type: 'string', values: ['OWN_TASK', 'KEY_TASK'] },
      result: { type: 'string', values: ['OVERFULFILLED', 'MET', 'LATE', 'NOT_MET'] },
    },
    told: 'BY_HAND',
  },
  CONDUCT: {
    name: { zh: '经查实的问题', en: 'a fault in conduct that was looked into' },
    subject: 'MEMBER',
    attributes: {
      matter: {
        type: 'string',
        values: [
          ...(['WORK_UNKNOWN', 'DISUNITY', 'UNCOOPERATIVE', 'BAD_MANNER', 'OPINIONS_IGNORED'] as const),
          ...(['DIFFICULTY_UNSOLVED', 'SHIRKED', 'VISIT_MISSED', 'PROBLEM_NOT_PASSED_ON', 'AWAY_UNTOLD'] as const),
          ...(['SUPERSTITION', 'WASTE', 'LABOUR_MISSED', 'POLICY_NOT_CARRIED_OUT'] as const),
        ],
      },
    },
    told: 'BY_HAND',
  },
  DISCIPLINE: {
    name: { zh: '纪检机关的处理', en: 'a measure of the discipline body' },
    subject: 'MEMBER',
    attributes: {
      measure: { type: 'string', values: ['REMINDED', 'LETTER', 'CRITICISED', 'PENALTY'] },
      matter: { type: 'string', values: ['POST_MISUSED', 'OTHER'] },
    },
    told: 'BY_HAND',
  },
  LAW_BREACH: {
    name: { zh: '经司法、公安机关认定的违法', en: 'a breach of law, as a court or the police decided' },
    subject: 'MEMBER',
    // Without a decision there is nothing to count (R12).
    attributes: {
      decidedBy: { type: 'string', values: ['COURT', 'POLICE'] },
      matter: { type: 'string', values: ['GAMBLING', 'CULT', 'UNLAWFUL_PETITION', 'OTHER'] },
    },
    told: 'BY_HAND',
  },
  HEALTH_VIEW: {
    name: { zh: '健康评估', en: 'a view of how a member is doing' },
    subject: 'MEMBER',
    attributes: { matter: { type: 'string', values: ['ABILITY', 'DILIGENCE', 'RESULTS', 'POST_RISK', 'LEADER'] } },
    told: 'BY_HAND',
  },
  LEDGER_CHECK: {
    name: { zh: '台账检查得分', en: 'what a look at the ledgers gave' },
    subject: 'ORGANISATION',
    attributes: { list: { type: 'string', values: ['BLACK', 'WHITE'] } },
    told: 'BY_HAND',
  },
  STANDARD_CHECK: {
    name: { zh: '实地督导情况', en: 'what a look in place found' },
    subject: 'ORGANISATION',
    attributes: {
      matter: {
        type: 'string',
        values: [
          ...(['DUTIES_DIVIDED', 'ELECTION_RULES', 'COLLECTIVE_DECISION', 'CRITICISM_PHASES', 'DOUBLE_LIFE'] as const),
          ...(['YEAR_PLAN', 'HALF_YEAR_SUMMARY', 'YEAR_SUMMARY', 'QUARTER_REPORT', 'TALKS', 'FIRST_TALK'] as const),
          ...(['DEVELOPMENT', 'ACTIVISTS', 'TRANSFER', 'VOLUNTEERING', 'DUES_PASSED_UP', 'CARE_VISITS'] as const),
          ...(['STANDARD_BUILDING', 'QUARTER_SUPERVISION', 'SECRETARY_PROJECT', 'SECRETARY_REPORT'] as const),
          ...(['COMMITTEE_TRAINING', 'COMMITTEE_EXCHANGE', 'JOINT_STUDY', 'RECORDS_KEY_ELEMENTS'] as const),
        ],
      },
      result: { type: 'string', values: ['MET', 'PARTLY', 'NOT_MET'] },
    },
    told: 'BY_HAND',
  },
  FEATURED_WORK: {
    name: { zh: '特色亮点工作', en: 'work that others may learn from' },
    subject: 'ORGANISATION',
    attributes: { level },
    told: 'BY_HAND',
  },
  ORDER_ANSWERED: {
    name: { zh: '上级任务完成情况', en: 'a task from above, as it was answered' },
    subject: 'ORGANISATION',
    attributes: { inTime: { type: 'bool' }, isMet: { type: 'bool' } },
    told: 'BY_HAND',
  },
  BUSINESS_RESULT: {
    name: { zh: '业务绩效得分', en: 'how the unit did its own work' },
    subject: 'ORGANISATION',
    attributes: {},
    told: 'BY_HAND',
  },
} as const satisfies Record<string, FactKindRule>
