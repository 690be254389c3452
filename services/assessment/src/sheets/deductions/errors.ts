import { defineErrors } from '@linghang/subgraph/errors'

/** What confirming deductions, or not making them, is refused for. */
export const { fail, table } = defineErrors(
  {
    DEDUCTION_NOT_YOURS: {
      zh: '拟扣分由负责该党组织的管理员或书记确认，党组织自己的成绩单由上级确认；本人不确认自己的，应用不能确认',
      en: 'A deduction is decided by an administrator or a secretary in charge, an organisation’s own by those above it; nobody decides of their own, and no app does',
    },
    SCORE_LINE_UNKNOWN: {
      zh: '成绩单上没有 {found} 这一项，可能已随事实更正而变化：请重新查看成绩单',
      en: 'There is no line {found} on the sheet; it may have gone with a correction: look at the sheet again',
    },
    DEDUCTION_CHANGED: {
      zh: '{line} 现为“{found}”（{foundPoints} 分），您看到的是“{wanted}”（{wantedPoints} 分）：请按现在的情况重新决定',
      en: '{line} is {found} with {foundPoints} points now, and not {wanted} with {wantedPoints}: decide of what it is now',
    },
    DEDUCTIONS_APART: {
      zh: '一次确认的应是同一份成绩单，或者同一党组织同一指标的扣分：现涉及 {found} 份成绩单、{indicators} 个指标',
      en: 'At once those of one sheet, or of one indicator at one organisation: these are of {found} sheets and {indicators} indicators',
    },
    DEDUCTION_UNHEARD: {
      zh: '{line} 已有申诉，尚未听取本人意见：听取之后，或者 {found} 之后才能确认',
      en: '{line} was appealed and has not been heard: it can be confirmed once it was, or after {found}',
    },
    DEDUCTION_SETTLED_BY_APPEAL: {
      zh: '{line} 已按申诉决定更正，不能由此撤回',
      en: '{line} was settled by an appeal and is not taken back here',
    },
  },
  {
    ...{ COUNTED: '已计', NOT_MET: '未得', OPEN: '进行中', PROPOSED: '拟扣', DISMISSED: '不扣', NOT_KNOWN: '不详' },
    EXEMPT: '不计',
  },
)
