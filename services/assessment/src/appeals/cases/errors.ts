import { defineErrors } from '@linghang/subgraph/errors'
import { table as deductions } from '../../sheets/deductions/errors.ts'

/** What appeals are refused for. */
export const { fail, table } = defineErrors(
  {
    APPEAL_NOT_YOURS: {
      zh: '个人成绩单由本人申诉，党组织的成绩单由本组织的管理员或书记申诉；不能代他人申诉，应用也不能',
      en: 'A person’s line is appealed by that person, an organisation’s by its own administrator or secretary; by nobody in their name, and by no app',
    },
    APPEAL_NOT_YOURS_TO_DECIDE: {
      zh: '申诉由受理组织的管理员或书记办理，本人和被评组织不办理自己的申诉；逾期后上级可以办理',
      en: 'An appeal is decided by an administrator or a secretary of the office that has it, never by whom it concerns; those above it may once its day is over',
    },
    APPEAL_OWN_DECISION: {
      zh: '这项扣分是您确认的：请由受理组织的另一位办理，或者报上级办理',
      en: 'You confirmed this deduction: let another account of the office answer, or pass it up',
    },
    APPEAL_LINE_UNDECIDED: {
      zh: '{line} 现为“{found}”，还没有可申诉的结果',
      en: '{line} is {found}: there is nothing to appeal yet',
    },
    APPEAL_OPEN_ALREADY: {
      zh: '{line} 已有申诉正在办理，最迟 {found} 答复',
      en: '{line} was appealed and is to be answered by {found}',
    },
    APPEAL_ANSWERED_FINALLY: {
      zh: '{line} 的申诉已由最上级答复，事实没有变化：不再受理',
      en: 'The appeal against {line} was answered by the highest office, and the facts are the same: it is not taken again',
    },
    APPEAL_STATE: {
      zh: '申诉现为“{found}”，办理此事应为“{wanted}”',
      en: 'The appeal is {found}; this takes one that is {wanted}',
    },
    APPEAL_NOTHING_ABOVE: {
      zh: '本县内再无上级可报',
      en: 'There is nothing above in this county to pass it up to',
    },
    APPEAL_POINTS: {
      zh: '支持申诉后的分值应在 {wanted} 至 {most} 分之间，填的是 {found}',
      en: 'Upheld, the line has {wanted} to {most} points; found {found}',
    },
  },
  {
    ...{
      OPEN: '待听取意见',
      HEARD: '待答复',
      ANSWERED: '已答复',
      WITHDRAWN: '已撤回',
      COUNTED: '已计',
      NOT_MET: '未得',
    },
    ...{ PROPOSED: '拟扣', DISMISSED: '不扣', NOT_KNOWN: '不详', EXEMPT: '不计', RUNNING: '进行中' },
    OPEN_OR_HEARD: '待听取意见或待答复',
  },
  deductions,
)
