/** What helps where points are missing (药方): a pack names one for an indicator, and reports show its text. */
export const remedies = {
  HOLD_MEETING: {
    zh: '按“三会一课”要求补开会议，提前排进下月计划',
    en: 'hold the meeting that is missing, and plan the next ones ahead',
  },
  ATTEND: {
    zh: '参加下一次组织生活；确有困难的，事先向支部请假',
    en: 'attend the next meeting, and ask the branch for leave beforehand where that cannot be',
  },
  PAY_DUES: {
    zh: '补交党费；有困难的，向支部申请少交或免交',
    en: 'pay the dues that are open, or ask the branch for a reduction where they are a hardship',
  },
  MORE_STUDY: {
    zh: '组织一次集体学习或现场教学，可请上级推荐党课和讲师',
    en: 'hold a collective study or a lesson in place; the superior can name classes and teachers',
  },
  DISCUSS_TOGETHER: {
    zh: '重大事项先提请支委会、党员大会讨论，形成决议',
    en: 'bring matters of weight before the committee and the assembly, and resolve them there',
  },
  FINISH_STEP: {
    zh: '对照发展党员流程，补齐逾期环节并说明原因',
    en: 'finish the step of development that is late, and say why it was',
  },
  HOLD_ELECTION: {
    zh: '向上级请示换届或补选，按程序办理',
    en: 'ask the superior for the election or by-election, and hold it by the rules',
  },
  SERVE: {
    zh: '参加一次志愿服务或认领一个微心愿',
    en: 'take part in a service, or take on a small wish',
  },
  KEEP_PLEDGE: {
    zh: '公开一项承诺并办结',
    en: 'make a pledge in public and keep it',
  },
  TALK: {
    zh: '安排谈心谈话，每人每年至少一次',
    en: 'hold the talks, one a year with each at least',
  },
  FINISH_TASK: {
    zh: '办结上级交办任务；有困难的，在期限前说明',
    en: 'finish the task, or say before its day what stands in the way',
  },
  MEND_LEDGER: {
    zh: '按检查意见整改，下季度复查',
    en: 'mend what the look at the ledgers found; it is looked at again next quarter',
  },
  REPORT_IN_TIME: {
    zh: '补报计划、总结和报告，下次按期报送',
    en: 'hand in the plan, summary or report that is missing, the next one in time',
  },
  LOOK_INTO: {
    zh: '由支部了解情况、谈话帮助，跟踪改进',
    en: 'the branch looks into it, talks, helps and follows up',
  },
} as const
