import { developmentRules, type matters, meetingKindRules, stepKeys, type Words } from '@linghang/rulebook'

/** What values of closed lists are called; nobody who keeps a case reads codes. */
export const approvalNames: Readonly<Record<'OPEN' | 'APPROVED' | 'REFUSED' | 'RETURNED', Words>> = {
  OPEN: { zh: '已上报，等待审批', en: 'asked for, not decided yet' },
  APPROVED: { zh: '已批准', en: 'approved' },
  REFUSED: { zh: '未批准', en: 'refused' },
  RETURNED: { zh: '已退回，请补正后重新上报', en: 'returned: to be corrected and asked for again' },
}

export const meetingNames: Readonly<Record<string, Words>> = {
  ...Object.fromEntries(Object.entries(meetingKindRules).map(([kind, { name }]) => [kind, name])),
  BRANCH_COMMITTEE: { zh: '支委会', en: 'branch committee' },
  COMMITTEE: { zh: '党委会', en: 'committee meeting' },
}

export const matterNames: Readonly<Record<(typeof matters)[number], Words>> = {
  ACTIVIST: { zh: '确定入党积极分子', en: 'naming an activist' },
  CANDIDATE: { zh: '确定发展对象', en: 'naming a candidate' },
  EXAMINATION: { zh: '支委会审查', en: 'the examination by the committee of the branch' },
  ADMISSION: { zh: '接收预备党员', en: 'the admission' },
  CONVERSION: { zh: '预备党员转正', en: 'the conversion' },
  EXTENSION: { zh: '延长预备期', en: 'extending the probation' },
  CANCELLATION: { zh: '取消预备党员资格', en: 'cancelling the standing' },
}

const steps = developmentRules.at(-1)?.steps ?? []
/** By code, in Chinese: for texts that name a step, a matter, a state or a meeting. */
export const chineseNames: Readonly<Record<string, string>> = Object.fromEntries([
  ...stepKeys.map(key => [key, `“${steps.find(step => step.key === key)?.title.zh ?? key}”`]),
  ...Object.entries(matterNames).map(([code, { zh }]) => [code, zh]),
  ...Object.entries(meetingNames).map(([code, { zh }]) => [code, zh]),
  ...Object.entries(approvalNames).map(([code, { zh }]) => [code, zh]),
  ['ARCHIVED', '已归档'],
  ['ENDED', '已终止'],
  ['CONTACT', '培养联系人'],
  ['INTRODUCER', '入党介绍人'],
  ['AWAITING_FILE', '等待上传'],
  ['FILED', '已归档'],
  ['REPLACED', '已被替换'],
])
