import { defineErrors } from '@linghang/subgraph/errors'

/** What planning, announcing and answering are refused for. */
export const { fail, table } = defineErrors({
  MEETING_IN_PAST: {
    zh: '开会时间 {found} 不晚于现在（{wanted}）：只能安排将要召开的会议，已经召开的直接登记',
    en: 'The meeting would have begun at {found}, not after now ({wanted}): only meetings to come are planned, those that were held are recorded',
  },
  MEETING_NOT_AHEAD: {
    zh: '会议现为 {found}：只有已安排或已通知、还没有召开的会议可以{wantedZh}',
    en: 'The meeting is {found}: only one that is planned or announced and was not held can be {wanted}',
  },
  MEETING_NOT_ANNOUNCED: {
    zh: '这次会议现为 {found}，不再接受答复：只有已通知、还没有召开的会议可以',
    en: 'The meeting is {found} and takes no answer any more: only one that is announced and was not held does',
  },
  MEETING_HAS_BEGUN: {
    zh: '会议已于 {found} 开始（现在 {wanted}）：到会情况由支部登记',
    en: 'The meeting began at {found} (it is {wanted} now): who came is written down by the branch',
  },
  NOBODY_TO_TELL: {
    zh: '这次会议（{kind}）没有应通知的人：请先写明参加人员',
    en: 'There is nobody to tell of this meeting ({kind}): name whose it is first',
  },
  NOT_TOLD_OF_MEETING: {
    zh: '{memberId} 不在这次会议的通知名单上',
    en: '{memberId} was not told of this meeting',
  },
  LEAVE_NOT_ASKED: {
    zh: '{memberId} 没有请假：同意请假须填写事由（电话、口头请假的由支部代填）',
    en: '{memberId} has not asked for leave: granting it takes the reason, which the branch writes down where it was asked for by word',
  },
})
