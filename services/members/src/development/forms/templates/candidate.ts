import {
  addressee,
  blankDate,
  countOr,
  dateOr,
  handSigned,
  heading,
  label,
  lines,
  note,
  opinion,
  paragraph,
  plain,
  redHead,
  row,
  table,
  textOr,
  title,
  writtenDate,
} from '@linghang/documents'

import type { CaseFile } from '../case-file.ts'
import { template } from '../template.ts'
import { meetingTable, signedByBranch } from './parts.ts'

const hasNotice = (file: CaseFile): boolean => file.notices.some(({ step }) => step === 'CANDIDATE_DECISION')

export const candidateTemplates = [
  template({
    name: 'opinions-record',
    title: '征求党小组、党员和群众意见记录',
    steps: ['CANDIDATE_DECISION'],
    filledBy: ['BRANCH'],
    layout: 'RECORD',
    texts: { rule: '听取意见应有代表性，如实记录不同意见；记录只供党组织研究时使用，不得泄露给本人。' },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      paragraph`${fields.text('name')}同志自${fields.date('activistSince')}被确定为入党积极分子，培养联系人为${fields.text('contacts', 8)}。${fields.text('branch', 12)}就其能否列为发展对象听取意见如下：`,
      table(
        [24, 26, 76, 30],
        row(11, label('对　象'), label('时　间'), label('意见摘要'), label('签　名')),
        ...['党小组', '培养联系人', '党　员', '党　员', '群　众', '群　众'].map(who =>
          row(20, label(who), opinion([[]]), opinion([[]]), opinion([[]])),
        ),
      ),
      note(texts.rule as string),
      handSigned('记录人'),
    ],
  }),
  template({
    name: 'candidate-committee-minutes',
    title: '支委会确定发展对象会议记录',
    steps: ['CANDIDATE_DECISION'],
    filledBy: ['BRANCH'],
    layout: 'RECORD',
    texts: { topic: '在听取党小组、培养联系人、党员和群众意见的基础上，讨论能否列为发展对象。' },
    body: ({ fields, file, texts, title: heading1 }) => [
      title(heading1),
      meetingTable(fields.meeting('CANDIDATE', 'BRANCH_COMMITTEE'), fields.text('branch', 12)),
      heading('一、议题'),
      plain(texts.topic as string),
      heading('二、讨论情况'),
      paragraph`${fields.text('name')}同志于${fields.date('activistSince')}被确定为入党积极分子，已经过一年以上培养教育和考察，党支部考察${countOr(file.reviews.length || null)}次，本人提交思想汇报${countOr(file.thoughtReports.length || null)}次。到会委员发言摘要：`,
      lines(8),
      heading('三、会议决定'),
      paragraph`经讨论，会议${{ blank: 4 }}（同意、不同意）将${fields.text('name')}同志列为发展对象，${file.rules === '2026' ? '按规定公示后' : ''}报${fields.text('committee', 10)}备案。`,
      handSigned('主持人'),
      handSigned('记录人'),
    ],
  }),
  template({
    name: 'candidate-notice',
    title: '发展对象公示',
    isOf: hasNotice,
    steps: ['CANDIDATE_DECISION'],
    filledBy: ['SYSTEM'],
    layout: 'NOTICE',
    texts: {
      invitation:
        '公示期间，党员和群众可以通过来信、来电、来访等方式，向党支部或者上级党委反映公示对象的情况和问题。反映问题应当实事求是，提倡署真实姓名，以便核实和答复。',
    },
    body: ({ fields, texts, title: heading1 }) => {
      const notice = fields.notice('CANDIDATE_DECISION')
      return [
        title(heading1),
        paragraph`经党支部培养教育和考察、支部委员会讨论，拟将${fields.text('name')}同志列为发展对象。现将有关情况公示如下：`,
        paragraph`${fields.text('name')}，${fields.text('sex', 2)}，${fields.text('ethnicity', 3)}，${fields.text('birthMonth', 6)}出生，学历${fields.text('education', 4)}，现任${fields.text('post', 8)}。${fields.date('appliedOn')}递交入党申请书，${fields.date('activistSince')}被确定为入党积极分子，培养联系人${fields.text('contacts', 8)}。`,
        paragraph`公示时间：${dateOr(notice?.startsOn)}至${dateOr(notice?.endsOn)}（${countOr(notice?.workingDays)}个工作日）。`,
        plain(texts.invitation as string),
        paragraph`受理单位：${fields.text('branch', 12)}`,
        paragraph`联系电话：${textOr(notice?.contact, 10)}`,
        signedByBranch(fields, notice ? [writtenDate(notice.startsOn)] : blankDate),
      ]
    },
  }),
  template({
    name: 'notice-report',
    title: '公示情况报告',
    isOf: hasNotice,
    steps: ['CANDIDATE_DECISION'],
    filledBy: ['SYSTEM'],
    layout: 'LETTER',
    texts: { closing: '特此报告。' },
    body: ({ fields, texts, title: heading1 }) => {
      const notice = fields.notice('CANDIDATE_DECISION')
      const found =
        notice?.objections === 0
          ? plain('公示期间，没有收到反映公示对象问题的来信、来电和来访。')
          : paragraph`公示期间，收到反映公示对象情况的意见${countOr(notice?.objections)}件，调查核实情况和结论如下：`
      return [
        title(heading1),
        addressee(fields.text('committee', 10)),
        paragraph`${fields.text('branch', 12)}就拟列为发展对象的${fields.text('name')}同志，于${dateOr(notice?.startsOn)}至${dateOr(notice?.endsOn)}进行了公示，共${countOr(notice?.workingDays)}个工作日。`,
        found,
        ...(notice?.objections === 0 ? [] : [lines(6)]),
        paragraph`经支部委员会研究，认为公示结果${{ blank: 4 }}（影响、不影响）将该同志列为发展对象。`,
        plain(texts.closing as string),
        signedByBranch(fields),
      ]
    },
  }),
  template({
    name: 'candidate-filing-report',
    title: '关于发展对象备案的报告',
    steps: ['CANDIDATE_FILING'],
    filledBy: ['SYSTEM'],
    layout: 'LETTER',
    texts: { closing: '特此报告，请予备案。' },
    redHead: ({ fields }) => redHead(fields.cell('branch'), '党支部'),
    body: ({ fields, file, texts, title: heading1 }) => {
      const approval = fields.approval('CANDIDATE_FILING')
      return [
        title(heading1),
        addressee(fields.text('committee', 10)),
        paragraph`${fields.text('name')}，${fields.text('sex', 2)}，${fields.text('ethnicity', 3)}，${fields.text('birthMonth', 6)}出生，学历${fields.text('education', 4)}，现任${fields.text('post', 8)}。${fields.date('appliedOn')}递交入党申请书，${fields.date('activistSince')}被确定为入党积极分子，培养联系人${fields.text('contacts', 8)}。`,
        paragraph`该同志经过一年以上培养教育和考察，党支部考察${countOr(file.reviews.length || null)}次，本人提交思想汇报${countOr(file.thoughtReports.length || null)}次。支部委员会在听取党小组、培养联系人、党员和群众意见的基础上，于${fields.date('candidateDecidedOn')}讨论同意列为发展对象${hasNotice(file) ? '，并已按规定公示' : ''}。`,
        plain(texts.closing as string),
        plain(`附件：支部委员会会议记录、${hasNotice(file) ? '公示情况报告、' : ''}考察登记表`),
        signedByBranch(fields, approval?.requestedOn ? [writtenDate(approval.requestedOn)] : [fields.date('today')]),
      ]
    },
  }),
  template({
    name: 'introducers-assignment',
    title: '入党介绍人确定通知',
    steps: ['INTRODUCERS'],
    filledBy: ['SYSTEM'],
    layout: 'LETTER',
    texts: {
      duties:
        '入党介绍人的任务是：向发展对象解释党的纲领、章程，说明党员的条件、义务和权利；认真了解其入党动机、政治觉悟、道德品质、工作经历和现实表现，如实向党组织汇报；指导填写入党志愿书并认真填写自己的意见；在其批准为预备党员后继续教育帮助。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('introducers', 10), '同志'),
      paragraph`经研究，确定${fields.text('introducers', 10)}两名正式党员为发展对象${fields.text('name')}同志的入党介绍人。`,
      plain(texts.duties as string),
      signedByBranch(fields, [fields.date('introducersSince')]),
    ],
  }),
]
