import {
  addressee,
  blankDate,
  centered,
  formColumnsMm,
  heading,
  label,
  lines,
  note,
  opinion,
  opinionRow,
  pageBreak,
  paragraph,
  plain,
  row,
  signature,
  table,
  title,
  value,
  writtenDate,
} from '@linghang/documents'

import { template } from '../template.ts'
import { personRows } from './parts.ts'

const quarterRows = (dates: readonly string[]) =>
  [0, 1, 2, 3].map(i => {
    const heldOn = dates[i]
    return row(
      50,
      label(`第${'一二三四'[i]}次\n考　察`),
      opinion(
        [
          [`考察时间：${heldOn ? writtenDate(heldOn) : '　　　　年　　月　　日'}`],
          ['（思想、工作、学习情况，优点和不足，今后努力方向）'],
          [],
          [],
          ['　　　　　　　　培养联系人（签名）：　　　　　　　　　'],
        ],
        { columns: 5 },
      ),
    )
  })

export const observationTemplates = [
  template({
    name: 'observation-book',
    title: '入党积极分子培养教育考察登记表',
    steps: ['OBSERVATION'],
    filledBy: ['CONTACT', 'BRANCH'],
    layout: 'FORM',
    texts: { hint: '培养联系人每季度填写一次，党支部每半年作出考察意见；不得事后一次补填，考察记录不得断档。' },
    body: ({ fields, file, texts, title: heading1 }) => [
      title(heading1),
      table(
        formColumnsMm,
        ...personRows(fields),
        row(
          11,
          label('申请日期'),
          value(fields.dateCell('appliedOn'), { columns: 2 }),
          label('确定日期'),
          value(fields.dateCell('activistSince'), { columns: 2 }),
        ),
        row(11, label('培　养\n联系人'), value(fields.cell('contacts'), { columns: 5 })),
        row(46, label('本人简历'), opinion([[]], { columns: 5 })),
        row(36, label('家庭主\n要成员\n和主要\n社会关\n系'), opinion([[]], { columns: 5 })),
      ),
      note(texts.hint as string),
      pageBreak,
      centered`培养联系人考察情况`,
      table(formColumnsMm, ...quarterRows([])),
      pageBreak,
      centered`党支部半年考察意见`,
      table(
        formColumnsMm,
        ...[0, 1].map(i => {
          const review = file.reviews[i]
          return opinionRow(
            74,
            i === 0 ? '上半年' : '下半年',
            review ? `考察时间：${writtenDate(review.heldOn)}　${review.conclusion ?? ''}` : '考察时间：',
            '党支部书记（签名）：',
          )
        }),
        opinionRow(50, '上级党\n委检查\n情　况', '', '（盖章）'),
      ),
    ],
  }),
  template({
    name: 'thought-report',
    title: '思想汇报（范例与要求）',
    paper: '思想汇报',
    steps: ['OBSERVATION', 'PROBATION'],
    filledBy: ['APPLICANT'],
    layout: 'GUIDE',
    texts: {
      requirements:
        '思想汇报由本人每季度书面提交一次，结合学习、工作和生活实际，写清思想认识上的收获、存在的不足和改进的打算，不得抄录他人文章；末尾由本人署名并写明日期。',
    },
    body: ({ fields, file, texts, title: heading1 }) => [
      title(heading1),
      addressee('敬爱的党组织'),
      paragraph`我叫${fields.text('name')}，${fields.date('activistSince')}被确定为入党积极分子。现将本季度的思想情况汇报如下：`,
      lines(12),
      signature(['汇报人（签名）：', { blank: 6 }], blankDate),
      pageBreak,
      heading('书写要求'),
      plain(texts.requirements as string),
      ...(file.thoughtReports.length > 0
        ? [paragraph`已提交：${file.thoughtReports.map(writtenDate).join('、')}。`]
        : []),
    ],
  }),
  template({
    name: 'half-yearly-review',
    title: '半年考察意见表',
    steps: ['OBSERVATION'],
    filledBy: ['CONTACT', 'BRANCH'],
    layout: 'FORM',
    texts: { hint: '考察意见应写实，既写进步，也写不足；考察结果由支部委员会集体讨论。' },
    body: ({ fields, file, texts, title: heading1 }) => {
      const last = file.reviews.at(-1)
      return [
        title(heading1),
        table(
          formColumnsMm,
          ...personRows(fields),
          row(
            11,
            label('确定日期'),
            value(fields.dateCell('activistSince'), { columns: 2 }),
            label('考察日期'),
            value(last ? writtenDate(last.heldOn) : null, { columns: 2 }),
          ),
          row(11, label('培　养\n联系人'), value(fields.cell('contacts'), { columns: 5 })),
          row(40, label('本人半\n年来的\n主要表\n现'), opinion([[]], { columns: 5 })),
          opinionRow(42, '培　养\n联系人\n意　见', '', '培养联系人（签名）：'),
          opinionRow(42, '党支部\n考　察\n意　见', last?.conclusion ?? '', '党支部书记（签名、盖章）：'),
        ),
        note(texts.hint as string),
      ]
    },
  }),
]
