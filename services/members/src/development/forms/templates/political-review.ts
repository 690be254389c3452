import {
  addressee,
  blankDate,
  formColumnsMm,
  handSigned,
  heading,
  label,
  lines,
  note,
  opinion,
  opinionRow,
  paragraph,
  plain,
  row,
  signature,
  table,
  title,
  value,
} from '@linghang/documents'
import { template } from '../template.ts'
import { personRows, signedByBranch, signedByCommittee, talkTable } from './parts.ts'

export const politicalReviewTemplates = [
  template({
    name: 'political-review-inquiry',
    title: '政治审查函调信',
    steps: ['POLITICAL_REVIEW'],
    filledBy: ['SYSTEM'],
    layout: 'LETTER',
    texts: {
      request:
        '因发展党员工作需要，请协助了解其直系亲属和主要社会关系人的政治历史情况、现实表现，以及有无参加非法组织、受过党纪政务处分或者刑事处罚等情况，并将证明材料加盖公章后密封寄回。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      addressee({ blank: 12 }, '党组织'),
      paragraph`${fields.text('name')}，${fields.text('sex', 2)}，${fields.text('birthMonth', 6)}出生，现任${fields.text('post', 8)}，系我${fields.text('branch', 12)}发展对象。`,
      paragraph`被了解人姓名：${{ blank: 8 }}，与其关系：${{ blank: 6 }}，单位或住址：${{ blank: 14 }}。`,
      plain(texts.request as string),
      paragraph`联系人：${fields.text('secretary', 6)}　　联系电话：${fields.text('branchTelephone', 10)}`,
      plain('通信地址：'),
      lines(1),
      signedByCommittee(fields),
    ],
  }),
  template({
    name: 'political-review-talk',
    title: '政治审查谈话记录',
    steps: ['POLITICAL_REVIEW'],
    filledBy: ['BRANCH'],
    layout: 'RECORD',
    texts: {
      points:
        '谈话了解：对党的理论和路线、方针、政策的态度，政治历史和在重大政治斗争中的表现，遵纪守法和遵守社会公德情况，直系亲属和与本人关系密切的主要社会关系的政治情况。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      talkTable({
        heldOn: '',
        by: fields.cell('reviewedBy'),
        whom: fields.text('name'),
        whomPost: fields.cell('post'),
      }),
      note(texts.points as string),
      plain('谈话内容：'),
      lines(14),
      handSigned('谈话人'),
      handSigned('谈话对象'),
    ],
  }),
  template({
    name: 'political-review-conclusion',
    title: '政治审查结论性报告',
    steps: ['POLITICAL_REVIEW'],
    filledBy: ['BRANCH'],
    layout: 'LETTER',
    texts: { rule: '政治审查必须严肃认真、实事求是，注重本人的一贯表现；结论由党支部集体讨论作出，不由系统推断。' },
    body: ({ fields, file, texts, title: heading1 }) => {
      const passed = file.politicalReview?.passed
      return [
        title(heading1),
        addressee(fields.text('committee', 10)),
        paragraph`${fields.text('branch', 12)}对发展对象${fields.text('name')}同志进行了政治审查。`,
        heading('一、本人基本情况'),
        paragraph`${fields.text('name')}，${fields.text('sex', 2)}，${fields.text('ethnicity', 3)}，${fields.text('birthMonth', 6)}出生，学历${fields.text('education', 4)}，现任${fields.text('post', 8)}，${fields.date('candidateSince')}被列为发展对象。`,
        heading('二、审查方式和过程'),
        plain('采取了同本人谈话、查阅有关档案材料、找有关单位和人员了解以及必要的函调或者外调等方式。具体情况：'),
        lines(4),
        heading('三、本人政治历史和现实表现'),
        lines(5),
        heading('四、直系亲属和主要社会关系情况'),
        lines(5),
        heading('五、结论'),
        passed == null
          ? paragraph`经党支部集体讨论，该同志政治审查${{ blank: 5 }}（合格、不合格）。`
          : paragraph`经党支部集体讨论，该同志政治审查${passed ? '合格' : '不合格'}。`,
        note(texts.rule as string),
        signedByBranch(fields, [fields.date('reviewConcludedOn')]),
      ]
    },
  }),
  template({
    name: 'training-certificate',
    title: '集中培训鉴定表',
    steps: ['TRAINING'],
    filledBy: ['SUPERIOR'],
    layout: 'FORM',
    texts: {
      hint: '集中培训由基层党委或者县级党委组织部门组织，时间不少于三天或者不少于二十四学时；未经培训的，除个别特殊情况外，不能发展入党。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      table(
        formColumnsMm,
        ...personRows(fields),
        row(
          11,
          label('培训时间'),
          value([fields.date('trainingStartsOn'), '至', fields.date('trainingEndsOn')], { columns: 5 }),
        ),
        row(
          11,
          label('培训单位'),
          value(fields.cell('trainingOrganiser'), { columns: 2 }),
          label('天数学时'),
          value([fields.text('trainingDays', 2), '天 ', fields.text('trainingHours', 2), '学时'], { columns: 2 }),
        ),
        row(34, label('培训内容'), opinion([[]], { columns: 5 })),
        opinionRow(36, '本人小结', '', '本人（签名）：'),
        row(16, label('考试考\n核成绩'), value(null, { columns: 5 })),
        opinionRow(36, '培训单\n位鉴定\n意　见', '', '（盖章）'),
      ),
      note(texts.hint as string),
    ],
  }),
  template({
    name: 'committee-examination',
    title: '支委会审查意见',
    steps: ['COMMITTEE_EXAMINATION'],
    filledBy: ['BRANCH'],
    layout: 'RECORD',
    texts: { rule: '支部委员会应当对发展对象进行严格审查，经集体讨论认为合格后，报具有审批权限的基层党委预审。' },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      paragraph`${fields.date('examinedOn')}，${fields.text('branch', 12)}支部委员会对发展对象${fields.text('name')}同志的条件和材料进行了集体审查。`,
      table(
        [18, 88, 50],
        row(11, label('序号'), label('审查项目'), label('审查结果')),
        ...[
          '入党申请书、谈话记录',
          '入党积极分子推荐、确定和备案材料',
          '培养教育考察登记表、思想汇报',
          '发展对象确定、公示和备案材料',
          '政治审查材料',
          '集中培训鉴定表',
          '入党介绍人的确定',
        ].map((item, i) => row(11, value(String(i + 1)), opinion([[item]]), value('□齐全　□需补正'))),
      ),
      heading('审查意见'),
      lines(5),
      paragraph`经讨论，认为该同志${{ blank: 6 }}（具备、不具备）党员条件，手续${{ blank: 6 }}（完备、不完备），${{ blank: 6 }}（同意、不同意）报${fields.text('committee', 10)}预审。`,
      note(texts.rule as string),
      signature(['支部委员会成员（签名）：', { blank: 10 }], blankDate),
    ],
  }),
]
