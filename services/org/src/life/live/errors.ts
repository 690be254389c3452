import { defineErrors } from '@linghang/subgraph/errors'

/** What streams, remarks and making up are refused for. */
export const { fail, table } = defineErrors({
  MEETING_NOT_ANNOUNCED_YET: {
    zh: '会议现为 {found}，没有发过通知：直播、回看供收到通知的人观看，请先发通知',
    en: 'The meeting is {found} and nobody was told of it: it is watched by those who were, announce it first',
  },
  REMARKS_FULL: {
    zh: '留言已满：现有 {found} 条，最多 {wanted} 条',
    en: 'There is no room for more remarks: {found} are there, at most {wanted} are taken',
  },
  NOTHING_TO_MAKE_UP: {
    zh: '现登记为 {found}：只有已登记召开的会议上请假或缺席的人可以补课',
    en: 'Recorded as {found}: only who was on leave or absent from a meeting that was held makes it up',
  },
  MAKE_UP_DECIDED: {
    zh: '补课已由支部确认（{found}），不再更改',
    en: 'The branch has decided on it ({found}): it stays',
  },
  MAKE_UP_NOT_SAID: {
    zh: '{memberId} 没有提出补课：由本人说明后支部确认',
    en: '{memberId} has not said that they made it up: they say so, the branch confirms',
  },
})
