import { type flowNames, type LibraryText, type Section, sources } from '../library-text.ts'

type Name = (typeof flowNames)[number]
const { branches, development, elections, education, practice } = sources

/** Before, at and after the meeting: what an officer does who does it once in years. */
const flow = (
  title: string,
  [article, source]: readonly [string, string],
  before: readonly string[],
  at: readonly string[],
  after: readonly string[],
): LibraryText => {
  const part = (heading: string, steps: readonly string[]): Section => ({
    heading,
    paragraphs: steps.map((step, i) => `${i + 1}．${step}`),
  })
  return { title, article, source, sections: [part('会前', before), part('会上', at), part('会后', after)] }
}

const summons = '确定议题、时间、地点，通知应到会的人；请假的登记事由。'
const counts = '主持人报告应到会、实到会有表决权的人数，说明是否符合规定人数。'
const minuted = '登记到会、讨论和决议，归档；需要上报的在系统内报批。'

/** The flows; wording and order are common practice, numbers are the regulation's. */
export const flows: Readonly<Record<Name, LibraryText>> = {
  FLOW_BRANCH_ASSEMBLY: flow(
    '支部党员大会流程',
    ['第十一条', branches],
    ['支部委员会研究提出议题和方案。', summons],
    [
      counts,
      '逐项介绍议题，充分讨论，收集意见。',
      '需要表决的逐项表决，赞成人数超过应到会有表决权的党员的半数为通过，当场宣布结果。',
    ],
    [minuted, '向因故未到会的党员传达会议情况，落实决议。'],
  ),
  FLOW_BRANCH_COMMITTEE: flow(
    '支部委员会流程',
    ['第十二条', branches],
    ['书记与委员酝酿议题，不临时动议重大事项。', summons],
    ['到会委员半数以上方可进行。', '逐项讨论，委员逐个发表意见，书记末位表态。', '集体决定，涉及本人和亲属的回避。'],
    [minuted, '按分工落实，下次会议通报进展。'],
  ),
  FLOW_GROUP_MEETING: flow(
    '党小组会流程',
    ['第十三条', branches],
    ['组长按支部安排确定内容。', summons],
    ['学习或者讨论，每名党员发言。', '汇报思想和工作，提出意见建议。'],
    ['登记到会和主要意见，向支部反映需要解决的问题。'],
  ),
  FLOW_CLASS: flow(
    '党课流程',
    ['第十六条', branches],
    ['结合党员思想和工作实际确定题目和授课人。', summons],
    ['授课。', '讨论交流。'],
    ['登记到会和题目；因工作、因病未参加的可以补课，由书记确认。'],
  ),
  FLOW_THEME_DAY: flow(
    '主题党日流程',
    ['第十六条', branches],
    ['支部委员会研究主题和方式。', summons],
    ['集中学习或者开展活动。', '民主议事，通报党费交纳等情况。'],
    ['登记到会和开展情况；落实议定的事项。'],
  ),
  FLOW_CRITICISM_MEETING: flow(
    '组织生活会流程',
    ['第十七条', branches],
    ['确定主题，组织学习。', '听取党员、群众意见，相互谈心谈话，准备发言。', summons],
    ['通报上次整改情况和征求到的意见。', '支部班子和党员对照检查，开展批评和自我批评。', '表明整改方向。'],
    ['逐项列出整改措施、责任人和完成日期，跟踪落实。', minuted],
  ),
  FLOW_APPRAISAL: flow(
    '民主评议党员流程',
    ['第十八条', branches],
    ['组织学习党章和评议要求。', '党员对照标准准备自评。', summons],
    ['个人自评。', '党员互评。', '民主测评，当场收回测评票。'],
    ['支部委员会或者党员大会提出评定意见，优秀一般不超过三分之一。', '结果告知本人并报上级党组织。'],
  ),
  FLOW_ADMISSION: flow(
    '接收预备党员大会流程',
    ['第十九条至第二十一条', development],
    [
      '确认已通过上级党委预审、入党志愿书已填写。',
      '逐个安排，通知有表决权的党员；不能到会的可以在会前以书面形式表示意见。',
    ],
    [
      counts,
      '申请人汇报，介绍人介绍情况，支部委员会报告审查情况。',
      '充分讨论，无记名投票表决；到会须超过应到会的半数，赞成人数超过应到会有表决权的党员的半数为通过。',
      '当场宣布结果。',
    ],
    ['将决议写入入党志愿书，报上级党委审批。', minuted],
  ),
  FLOW_CONVERSION: flow(
    '预备党员转正大会流程',
    ['第三十二条', development],
    ['预备期满，本人提出书面转正申请；党小组提出意见，征求党员和群众意见，支部委员会审查。', summons],
    [
      counts,
      '本人汇报，介绍人和支部委员会介绍考察情况。',
      '讨论后无记名投票，决定按期转正、延长预备期或者取消资格。',
      '当场宣布结果。',
    ],
    ['将决议写入入党志愿书，报上级党委审批。', minuted],
  ),
  FLOW_ELECTION: flow(
    '换届选举大会流程',
    ['第三条、第四条', elections],
    ['经上级党组织批准换届和候选人预备人选。', '确认应到会有选举权的党员，不计入的须经上级同意并由大会通过。', summons],
    [
      '清点人数，到会有选举权的党员不少于应到会的五分之四方可进行。',
      '通过选举办法和监票人、计票人名单；听取工作报告。',
      '介绍候选人，发票，填票，投票；收回的票数不超过投票人数，选举有效。',
      '计票，宣布结果：超过应到会有选举权的党员的半数赞成为当选。',
    ],
    ['召开新一届委员会第一次会议，选举书记、副书记。', '选举结果报上级党组织：书记、副书记审批，委员备案。', minuted],
  ),
  FLOW_DISPOSAL: flow(
    '处分党员大会流程',
    ['第二十九条至第三十一条', `${education}；${practice}`],
    ['查清事实，与本人谈话，听取申辩；支部委员会研究提出意见，报上级党组织预审。', summons],
    [
      counts,
      '宣布事实和初步意见，本人可以参加和申辩，其他党员可以为其作证和辩护。',
      '逐个讨论，无记名投票，赞成人数超过应到会有表决权的党员的半数为通过。',
    ],
    ['报上级党组织审批；批准后书面通知本人并在党内宣布。', minuted],
  ),
  FLOW_LEADERS_CRITICISM: flow(
    '民主生活会列席与征求意见流程',
    ['第十五条', `${branches}；${practice}`],
    ['支部按通知向党员、群众征求对领导班子及成员的意见，汇总后照原意上报。'],
    ['按通知列席的党员听取会议情况，可以提出意见。'],
    ['向支部党员传达可以公开的整改情况。'],
  ),
}
