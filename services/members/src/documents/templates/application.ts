import { template } from '../template.ts'
import {
  addressee,
  blankDate,
  heading,
  label,
  lines,
  note,
  opinion,
  pageBreak,
  paragraph,
  plain,
  row,
  signature,
  table,
  title,
  value,
} from '../write-blocks.ts'
import { formColumnsMm, handSigned, opinionRow, personRows, signedByBranch, talkTable } from './parts.ts'

export const applicationTemplates = [
  template({
    name: 'application-letter',
    title: '入党申请书（范例与要求）',
    steps: ['APPLICATION'],
    filledBy: ['APPLICANT'],
    layout: 'GUIDE',
    texts: {
      requirements:
        '申请书由本人用黑色钢笔或签字笔书写，不得由他人代写；写明对党的认识和入党动机、本人成长经历和思想、工作情况、家庭主要成员和主要社会关系情况，以及今后努力的方向；末尾由本人署名并写明日期，这个日期就是今后各个期限的起点。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      addressee('敬爱的党组织'),
      paragraph`我叫${fields.text('name')}，${fields.text('sex', 2)}，${fields.text('ethnicity', 3)}，${fields.text('birthMonth', 6)}出生，学历${fields.text('education', 5)}，现任${fields.text('post', 8)}。我自愿申请加入中国共产党。`,
      lines(12),
      plain('请党组织在实践中考验我。'),
      signature(['申请人（签名）：', { blank: 6 }], blankDate),
      pageBreak,
      heading('书写要求'),
      plain(texts.requirements as string),
    ],
  }),
  template({
    name: 'application-receipt',
    title: '入党申请书接收回执',
    steps: ['APPLICATION'],
    filledBy: ['SYSTEM'],
    layout: 'LETTER',
    texts: {
      promise: '党组织将在收到入党申请书之日起一个月内派人同你谈话，了解基本情况。请你继续按照党员标准严格要求自己。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('name'), '同志'),
      paragraph`你递交的入党申请书，${fields.text('branch', 12)}已于${fields.date('appliedOn')}收到。`,
      plain(texts.promise as string),
      paragraph`联系电话：${fields.text('branchTelephone', 10)}`,
      signedByBranch(fields, [fields.date('appliedOn')]),
    ],
  }),
  template({
    name: 'applicant-talk-record',
    title: '与入党申请人谈话记录',
    steps: ['APPLICANT_TALK'],
    filledBy: ['BRANCH'],
    layout: 'RECORD',
    texts: {
      points:
        '谈话一般由党支部书记、副书记或者组织委员进行，主要了解入党动机、思想和工作学习情况、家庭情况，介绍党的基本知识和发展党员的程序，提出希望和要求。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      talkTable({
        heldOn: fields.date('talkHeldOn'),
        by: fields.cell('talkedBy'),
        whom: fields.text('name'),
        whomPost: fields.cell('post'),
      }),
      note(texts.points as string),
      paragraph`${fields.text('name')}同志于${fields.date('appliedOn')}向${fields.text('branch', 12)}递交入党申请书。谈话内容如下：`,
      lines(12),
      plain('收到入党申请书一个月以后才谈话的，在此写明原因：'),
      lines(2),
      handSigned('谈话人'),
      handSigned('谈话对象'),
    ],
  }),
  template({
    name: 'activist-recommendation-members',
    title: '党员推荐入党积极分子推荐表',
    steps: ['ACTIVIST_DECISION'],
    filledBy: ['BRANCH'],
    layout: 'FORM',
    texts: { hint: '推荐意见应写明被推荐人的主要表现和不足，由推荐的党员签名。' },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      table(
        formColumnsMm,
        ...personRows(fields),
        row(
          11,
          label('申请日期'),
          value(fields.dateCell('appliedOn'), { columns: 2 }),
          label('推荐人'),
          value(fields.cell('recommendedBy'), { columns: 2 }),
        ),
        opinionRow(54, '推荐意见', '（主要表现、优点和不足）', '推荐党员（签名）：'),
        opinionRow(41, '党小组\n意　见', '', '党小组组长（签名）：'),
        opinionRow(41, '党支部\n意　见', '', '党支部书记（签名、盖章）：'),
      ),
      note(texts.hint as string),
    ],
  }),
  template({
    name: 'activist-recommendation-league',
    title: '群团组织推优审核表',
    steps: ['ACTIVIST_DECISION'],
    filledBy: ['BRANCH'],
    layout: 'FORM',
    texts: { hint: '二十八周岁以下的团员一般由团组织推荐；其他人员由工会、妇联等群团组织推荐。' },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      table(
        formColumnsMm,
        ...personRows(fields),
        row(
          11,
          label('申请日期'),
          value(fields.dateCell('appliedOn'), { columns: 2 }),
          label('推荐组织'),
          value(null, { columns: 2 }),
        ),
        row(
          30,
          label('推荐会\n议情况'),
          opinion(
            [
              ['会议时间：　　　　年　　月　　日　　　　会议地点：'],
              ['应到会　　　人，实到会　　　人。'],
              ['同意推荐　　　人，不同意　　　人，弃权　　　人。'],
            ],
            { columns: 5 },
          ),
        ),
        opinionRow(36, '推荐理由', '（主要表现和不足）', '群团组织负责人（签名、盖章）：'),
        opinionRow(32, '上级群\n团组织\n意　见', '', '负责人（签名、盖章）：'),
        opinionRow(32, '党支部\n意　见', '', '党支部书记（签名、盖章）：'),
      ),
      note(texts.hint as string),
    ],
  }),
]
