import {
  addressee,
  blankDate,
  centered,
  heading,
  label,
  lines,
  note,
  pageBreak,
  paragraph,
  plain,
  redHead,
  row,
  signature,
  table,
  title,
  value,
  writtenDate,
} from '@linghang/documents'

import { template } from '../template.ts'
import { isOfConversion, outcomeOr, signedByBranch, signedByCommittee, voteSentence } from './parts.ts'

const ballotOf = (matter: string, name: Parameters<typeof value>[0]) => [
  table(
    [40, 36, 40, 40],
    row(10, label('姓　名'), label('赞　成'), label('不赞成'), label('弃　权')),
    row(16, value(name), value(null), value(null), value(null)),
  ),
  note(`${matter}。在相应栏内画“○”，只能选一栏；多画、涂改不清的为废票。`),
]

export const admissionTemplates = [
  template({
    name: 'pre-review-request',
    title: '关于接收预备党员预审的请示',
    steps: ['PRE_REVIEW'],
    filledBy: ['SYSTEM'],
    layout: 'LETTER',
    texts: { closing: '妥否，请批示。' },
    redHead: ({ fields }) => redHead(fields.cell('branch'), '党支部'),
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('committee', 10)),
      paragraph`${fields.text('name')}，${fields.text('sex', 2)}，${fields.text('ethnicity', 3)}，${fields.text('birthMonth', 6)}出生，学历${fields.text('education', 4)}，现任${fields.text('post', 8)}。${fields.date('appliedOn')}递交入党申请书，${fields.date('activistSince')}被确定为入党积极分子，${fields.date('candidateSince')}被列为发展对象。入党介绍人${fields.text('introducers', 8)}。`,
      paragraph`该同志政治审查材料于${fields.date('reviewConcludedOn')}形成，${fields.date('trainingStartsOn')}至${fields.date('trainingEndsOn')}参加集中培训。${fields.date('examinedOn')}支部委员会集体讨论，认为该同志合格、手续完备，拟提交支部大会讨论接收为预备党员。现报请预审。`,
      plain(texts.closing as string),
      plain('附件：发展对象全部培养考察材料'),
      signedByBranch(fields),
    ],
  }),
  template({
    name: 'pre-review-opinion',
    title: '预审意见',
    steps: ['PRE_REVIEW'],
    filledBy: ['SUPERIOR'],
    layout: 'LETTER',
    texts: { closing: '预审合格的，请在收到本意见后一个月内召开支部大会讨论，并指导本人填写入党志愿书。' },
    redHead: ({ fields }) => redHead(fields.cell('committee'), '党委'),
    body: ({ fields, texts, title: heading1 }) => {
      const approval = fields.approval('PRE_REVIEW')
      return [
        title(heading1),
        addressee(fields.text('branch', 10)),
        paragraph`你支部关于接收${fields.text('name')}同志为预备党员预审的请示收悉。党委对该同志的条件、培养教育情况等进行了审查${approval?.reason ? `：${approval.reason}` : '。'}`,
        ...(approval?.reason ? [] : [lines(4)]),
        paragraph`预审结果：${outcomeOr(approval)}提交支部大会讨论。`,
        plain(texts.closing as string),
        signedByCommittee(fields, approval?.decidedOn ? [writtenDate(approval.decidedOn)] : blankDate),
      ]
    },
  }),
  template({
    name: 'volunteer-form-guide',
    title: '入党志愿书（填写指引）',
    steps: ['VOLUNTEER_FORM'],
    filledBy: ['APPLICANT', 'INTRODUCER'],
    layout: 'GUIDE',
    texts: {
      rule: '入党志愿书由上级党委统一发给，编号管理，一人一册，用黑色钢笔或签字笔填写，字迹清楚，不得涂改；没有内容的栏目写“无”。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      paragraph`申请人：${fields.text('name')}　　入党介绍人：${fields.text('introducers', 10)}　　预审日期：${fields.date('preReviewedOn')}`,
      plain(texts.rule as string),
      heading('一、由本人填写'),
      paragraph`1. 姓名、性别、民族、出生年月、学历和单位职务与人事档案一致：${fields.text('name')}，${fields.text('sex', 2)}，${fields.text('ethnicity', 3)}，${fields.text('birthMonth', 6)}，${fields.text('education', 4)}，${fields.text('post', 8)}。`,
      plain('2. 入党志愿：写明对党的认识、入党动机和决心，联系本人思想和工作实际。'),
      plain('3. 本人经历：从小学填起，前后时间衔接，不留空当，每段写明证明人。'),
      plain('4. 家庭主要成员和主要社会关系：写明姓名、政治面貌、工作单位和职务。'),
      heading('二、由入党介绍人填写'),
      plain('每名介绍人分别写明被介绍人的政治觉悟、主要表现、优缺点和自己对其能否入党的意见，并签名。'),
      heading('三、由党组织填写'),
      plain(
        '支部大会决议写明应到会、实到会、有表决权人数和表决结果，由支部书记签名并写明日期；上级党委指派谈话人、党委审批意见依次填写、盖章。',
      ),
      plain('日期顺序应为：预审日期、本人填写日期、介绍人意见日期、支部大会日期、谈话日期、审批日期。'),
    ],
  }),
  template({
    name: 'admission-assembly-agenda',
    title: '接收预备党员支部大会流程与主持词',
    steps: ['ADMISSION_ASSEMBLY'],
    filledBy: ['SYSTEM'],
    layout: 'RECORD',
    texts: {
      opening: '今天应到会有表决权的正式党员和实际到会人数已经核实，超过应到会人数的半数，可以开会。',
      quorum:
        '赞成人数超过应到会有表决权的正式党员的半数，才能通过；因故不能到会的正式党员会前正式向支部提出书面意见的，统计在票数内。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      paragraph`会议议题：讨论接收${fields.text('name')}同志为中共预备党员。`,
      heading('一、宣布开会'),
      paragraph`主持词：同志们，现在召开${fields.text('branch', 12)}党员大会。${texts.opening as string}`,
      heading('二、发展对象汇报'),
      paragraph`主持词：请${fields.text('name')}同志汇报对党的认识、入党动机、本人履历、家庭和主要社会关系情况，以及需要向党组织说明的问题。`,
      heading('三、入党介绍人介绍情况'),
      paragraph`主持词：请入党介绍人${fields.text('introducers', 8)}介绍情况，并对其能否入党表明意见。`,
      heading('四、支部委员会报告审查情况'),
      paragraph`主持词：请支部委员会报告对${fields.text('name')}同志的审查情况和预审情况（预审日期${fields.date('preReviewedOn')}）。`,
      heading('五、讨论和表决'),
      paragraph`主持词：请与会党员充分讨论。下面进行无记名投票表决。${texts.quorum as string}`,
      plain('程序：推选监票人、计票人；清点人数；发票；投票；计票；宣布结果。讨论两人以上的，逐个讨论和表决。'),
      heading('六、宣布决议'),
      plain('主持词：现在宣布表决结果和支部大会决议。请发展对象表态。'),
      heading('七、散会'),
      paragraph`主持词：大会决议将报${fields.text('committee', 10)}审批。今天的大会到此结束。`,
    ],
  }),
  template({
    name: 'admission-ballot-and-tally',
    title: '票决票样与计票结果报告单',
    steps: ['ADMISSION_ASSEMBLY', 'CONVERSION_ASSEMBLY'],
    eachStep: true,
    filledBy: ['SYSTEM', 'BRANCH'],
    layout: 'BALLOT',
    texts: { rule: '表决票发出数不得超过实到会有表决权人数，收回数不得超过发出数；多出的，表决无效，应当重新表决。' },
    body: ({ fields, file, texts, title: heading1 }) => {
      const converting = isOfConversion(file, 'ADMISSION_ASSEMBLY')
      const meeting = converting
        ? fields.meeting('CONVERSION', 'BRANCH_ASSEMBLY')
        : fields.meeting('ADMISSION', 'BRANCH_ASSEMBLY')
      const matter = converting ? '讨论预备党员转为正式党员' : '讨论接收预备党员'
      const ballots = meeting?.ballots
      const count = (n: number | undefined) => value(n === undefined ? null : String(n))
      return [
        title(heading1),
        centered`表　决　票`,
        centered`${fields.text('branch', 12)}党员大会（${matter}）`,
        ...ballotOf(matter, fields.cell('name')),
        pageBreak,
        centered`计票结果报告单`,
        paragraph`${meeting ? writtenDate(meeting.heldOn) : blankDate}，${fields.text('branch', 12)}召开党员大会，${matter}，表决结果如下：`,
        table(
          [52, 26, 52, 26],
          row(
            12,
            label('应到会有\n表决权人数'),
            count(ballots?.due),
            label('实到会有表决权人数'),
            count(ballots?.present),
          ),
          row(10, label('发出表决票'), value(null), label('收回表决票'), value(null)),
          row(10, label('有效票'), value(null), label('废　票'), value(null)),
        ),
        table(
          [30, 21, 21, 21, 31, 32],
          row(
            18,
            label('姓　名'),
            label('赞成'),
            label('不赞成'),
            label('弃权'),
            label('书面赞成（会前）'),
            label('书面不赞成（会前）'),
          ),
          row(
            14,
            value(fields.cell('name')),
            count(ballots?.inFavour),
            count(ballots?.against),
            count(ballots?.abstained),
            count(ballots?.writtenInFavour),
            count(ballots?.writtenAgainst),
          ),
        ),
        voteSentence(meeting),
        note(texts.rule as string),
        signature(['监票人（签名）：', { blank: 4 }, '　计票人（签名）：', { blank: 4 }], blankDate),
      ]
    },
  }),
]
