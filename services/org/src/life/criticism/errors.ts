import { defineErrors } from '@linghang/subgraph/errors'

/** What is refused around a criticism meeting. */
export const { fail, table } = defineErrors({
  NOT_A_CRITICISM_MEETING: {
    zh: '这次会议是 {kind}（{found}）：会前意见写给已通知、还没有召开的组织生活会，整改措施写给已登记召开的',
    en: 'The meeting is a {kind} ({found}): opinions are written before a criticism meeting that is announced, measures after one that was held',
  },
  OPINION_NOT_ABOUT_MEMBER: {
    zh: '{memberId} 不参加这次组织生活会：只能对参加的人（包括自己）提意见',
    en: '{memberId} does not belong to this criticism meeting: opinions are about those who do, oneself among them',
  },
  OPINIONS_FULL: {
    zh: '意见已满：现有 {found} 条，最多 {wanted} 条',
    en: 'There is no room for more opinions: {found} are there, at most {wanted} are taken',
  },
  MEASURES_FULL: {
    zh: '整改措施已满：现有 {found} 条，最多 {wanted} 条',
    en: 'There is no room for more measures: {found} are there, at most {wanted} are taken',
  },
  MEASURE_DUE_IN_PAST: {
    zh: '整改时限 {found} 早于今天 {wanted}',
    en: 'The measure would be due on {found}, before today, {wanted}',
  },
  MEASURE_DONE: {
    zh: '这项整改已于 {found} 完成',
    en: 'The measure was done on {found}',
  },
})
