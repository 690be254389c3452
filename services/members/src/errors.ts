import { defineErrors } from '@linghang/subgraph/errors'

/** Everything that the members service refuses, in its own words. */
export const { fail, codes } = defineErrors({
  PERSON_REGISTERED: {
    zh: '本县已登记这个身份号码；名册或新登记不能代替组织关系转接',
    en: 'A person with this ID number is registered in the county; registering again does not replace a transfer',
  },
  NOT_A_BRANCH: { zh: '党员应编入党支部', en: 'Every member belongs to a branch; this organisation is not one' },
  RECORD_REFUSED: { zh: '{column}：{message}', en: '{column}: {messageEn}' },
  DATE_IN_FUTURE: {
    zh: '{field} 填的是 {found}，不能晚于今天 {today}',
    en: '{field} is {found}, which is after today, {today}',
  },
  MILESTONE_NOT_FOR_KIND: {
    zh: '{kind} 不适用“{milestone}”',
    en: 'The milestone {milestone} does not apply to {kind}',
  },
  ALREADY_LEFT: { zh: '此人已于 {leftOn} 离开', en: 'This person left on {leftOn}' },
})
