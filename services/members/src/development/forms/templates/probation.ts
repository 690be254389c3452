import {
  addressee,
  blankDate,
  centered,
  formColumnsMm,
  handSigned,
  heading,
  label,
  lines,
  note,
  opinion,
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
import { developmentTemplates } from '@linghang/rulebook'

import type { CaseMaterial } from '../case-file.ts'
import { template } from '../template.ts'
import { isOfConversion, outcomeOr, personRows, signedByCommittee, talkTable, voteSentence } from './parts.ts'

const rowsOfOnePage = 15

export const probationTemplates = [
  template({
    name: 'assembly-resolution',
    title: '支部大会决议',
    steps: ['ADMISSION_ASSEMBLY', 'CONVERSION_ASSEMBLY'],
    eachStep: true,
    filledBy: ['SYSTEM', 'BRANCH'],
    layout: 'LETTER',
    texts: { admitted: '接收为中共预备党员，预备期一年，自支部大会通过之日算起', converted: '按期转为中共正式党员' },
    body: ({ fields, file, texts, title: heading1 }) => {
      const converting = isOfConversion(file, 'ADMISSION_ASSEMBLY')
      const meeting = converting
        ? fields.meeting('CONVERSION', 'BRANCH_ASSEMBLY')
        : fields.meeting('ADMISSION', 'BRANCH_ASSEMBLY')
      const carried = meeting?.carried
      return [
        title(heading1),
        paragraph`${fields.text('branch', 12)}于${meeting ? writtenDate(meeting.heldOn) : blankDate}召开党员大会，讨论${fields.text('name')}同志${converting ? '的转正问题' : '的入党问题'}。`,
        voteSentence(meeting),
        paragraph`大会认为，该同志的主要表现和存在的不足是：`,
        lines(5),
        paragraph`根据表决结果，大会${carried == null ? { blank: 4 } : carried ? '同意' : '不同意'}${fields.text('name')}同志${(converting ? texts.converted : texts.admitted) as string}。`,
        signature(
          ['党支部书记（签名）：', fields.text('secretary', 6)],
          meeting ? [writtenDate(meeting.heldOn)] : blankDate,
        ),
      ]
    },
  }),
  template({
    name: 'committee-talk-record',
    title: '党委派人谈话记录',
    steps: ['COMMITTEE_TALK'],
    filledBy: ['SUPERIOR'],
    layout: 'RECORD',
    texts: {
      points:
        '谈话由党委委员或者组织员在审批前进行，作进一步了解，并帮助提高对党的认识；谈话情况和能否入党的意见如实填入入党志愿书。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      talkTable({
        heldOn: fields.date('committeeTalkOn'),
        by: fields.cell('committeeTalkBy'),
        whom: fields.text('name'),
        whomPost: fields.cell('post'),
      }),
      note(texts.points as string),
      paragraph`${fields.text('branch', 12)}于${fields.date('admittedOn')}召开支部大会讨论接收${fields.text('name')}同志为预备党员。谈话情况：`,
      lines(11),
      plain('谈话人对能否入党的意见：'),
      lines(3),
      handSigned('谈话人'),
    ],
  }),
  template({
    name: 'approval-notice',
    title: '审批结果通知书',
    steps: ['ADMISSION_APPROVAL', 'CONVERSION_APPROVAL'],
    eachStep: true,
    filledBy: ['SUPERIOR'],
    layout: 'LETTER',
    texts: {
      admitted:
        '请及时将审批结果通知本人并在党员大会上宣布，将其编入党支部和党小组，继续进行教育和考察，组织入党宣誓。',
      converted: '请及时将审批结果通知本人并在党员大会上宣布，做好材料归档工作。',
    },
    redHead: ({ fields }) => redHead(fields.cell('committee'), '党委'),
    body: ({ fields, file, texts, title: heading1 }) => {
      const converting = isOfConversion(file, 'CONVERSION_ASSEMBLY')
      const approval = fields.approval(converting ? 'CONVERSION' : 'ADMISSION')
      const period = file.probation
        ? paragraph`预备期自${writtenDate(file.probation.startsOn)}起，至${writtenDate(file.probation.extendedTo ?? file.probation.endsOn)}止。`
        : paragraph`预备期自${blankDate}起，至${blankDate}止。`
      return [
        title(heading1),
        addressee(fields.text('branch', 10)),
        paragraph`你支部${converting ? fields.date('convertedOn') : fields.date('admittedOn')}支部大会关于${fields.text('name')}同志${converting ? '转为正式党员' : '为预备党员'}的决议收悉。经${fields.text('committee', 10)}集体讨论、逐个表决，${outcomeOr(approval)}${converting ? '其转为中共正式党员' : '接收其为中共预备党员'}。`,
        ...(converting ? [] : [period]),
        plain((converting ? texts.converted : texts.admitted) as string),
        signedByCommittee(fields, approval?.decidedOn ? [writtenDate(approval.decidedOn)] : blankDate),
      ]
    },
  }),
  template({
    name: 'oath-ceremony',
    title: '入党宣誓仪式流程',
    steps: ['OATH'],
    filledBy: ['SYSTEM'],
    layout: 'RECORD',
    texts: {
      setting: '宣誓仪式面向党旗举行，庄重严肃；领誓人由党组织负责人或者先进模范党员担任，宣誓人举右手握拳过肩。',
    },
    body: ({ fields, texts, title: heading1 }) => [
      title(heading1),
      table(
        [28, 50, 28, 50],
        row(
          11,
          label('时　　间'),
          value(fields.date('oathHeldOn')),
          label('地　　点'),
          value(fields.cell('oathPlace')),
        ),
        row(11, label('宣 誓 人'), value(fields.cell('name')), label('批准日期'), value(fields.date('approvedOn'))),
        row(11, label('主 持 人'), value(null), label('领 誓 人'), value(null)),
      ),
      plain(texts.setting as string),
      heading('一、宣布仪式开始，奏（唱）《国际歌》'),
      heading('二、党组织负责人致辞'),
      paragraph`宣布${fields.text('name')}等同志被批准为中共预备党员（审批日期${fields.date('approvedOn')}）。`,
      heading('三、宣誓'),
      plain('领誓人逐句领读党章规定的入党誓词，宣誓人跟读；读到“宣誓人”时，各自报出姓名。誓词以党章原文为准。'),
      heading('四、宣誓人代表表态，党员代表讲话'),
      heading('五、上级党组织负责人讲话'),
      heading('六、宣布仪式结束'),
      plain('参加人员签到：'),
      lines(5),
    ],
  }),
  template({
    name: 'probation-book-and-conversion-letter',
    title: '预备党员教育考察登记表与转正申请书（范例）',
    steps: ['PROBATION', 'CONVERSION_APPLICATION'],
    filledBy: ['APPLICANT', 'INTRODUCER', 'BRANCH'],
    layout: 'FORM',
    texts: {
      hint: '入党介绍人和党支部每季度填写一次考察情况；预备期满由本人主动书面提出转正申请。',
      letter:
        '转正申请书写明何时被批准为预备党员、预备期何时届满，预备期内的思想、工作、学习和作用发挥情况，存在的不足和今后的努力方向，由本人署名并写明日期。',
    },
    body: ({ fields, file, texts, title: heading1 }) => [
      title(heading1),
      table(
        formColumnsMm,
        ...personRows(fields),
        row(
          11,
          label('接收日期'),
          value(fields.dateCell('admittedOn'), { columns: 2 }),
          label('期满日期'),
          value(fields.dateCell('probationEndsOn'), { columns: 2 }),
        ),
        row(11, label('入　党\n介绍人'), value(fields.cell('introducers'), { columns: 5 })),
        ...[0, 1, 2, 3].map(i => {
          const review = file.reviews.filter(({ heldOn }) => heldOn >= (file.probation?.startsOn ?? '9999'))[i]
          return row(
            25,
            label(`第${'一二三四'[i]}季度`),
            opinion(
              [
                [
                  `考察时间：${review ? writtenDate(review.heldOn) : '　　　　年　　月　　日'}　${review?.conclusion ?? ''}`,
                ],
                [],
                ['介绍人（签名）：　　　　　　　　党支部书记（签名）：'],
              ],
              { columns: 5 },
            ),
          )
        }),
      ),
      note(texts.hint as string),
      pageBreak,
      centered`转正申请书`,
      addressee('敬爱的党组织'),
      paragraph`我叫${fields.text('name')}，${fields.date('admittedOn')}经支部大会讨论接收为预备党员，${fields.date('approvedOn')}经上级党委批准，预备期至${fields.date('probationEndsOn')}届满。现申请转为中共正式党员。`,
      lines(8),
      signature(['申请人（签名）：', { blank: 6 }], blankDate),
      plain(texts.letter as string),
    ],
  }),
  template({
    name: 'dossier-index',
    title: '党员档案目录与移交单',
    steps: ['ARCHIVING'],
    filledBy: ['SYSTEM'],
    layout: 'FORM',
    texts: {
      rule: '材料应当齐全、完整、手续完备；有人事档案的存入本人人事档案，没有人事档案的建立党员档案，由所在党委或者县级党委组织部门保存。',
    },
    body: ({ fields, file, texts, title: heading1 }) => {
      const room = Math.max(0, rowsOfOnePage - file.materials.length)
      return [
        title(heading1),
        paragraph`姓名：${fields.text('name')}　　所在党支部：${fields.text('branch', 12)}`,
        table(
          [14, 74, 40, 28],
          row(10, label('序号'), label('材料名称'), label('归档日期'), label('页　数')),
          ...file.materials.map((material, i) =>
            row(
              10,
              value(String(i + 1)),
              opinion([[titleOf(material)]]),
              value(writtenDate(material.filedOn)),
              value(material.pages === null ? null : String(material.pages)),
            ),
          ),
          ...Array.from({ length: Math.min(room, developmentTemplates.length) }, () =>
            row(10, value(null), value(null), value(null), value(null)),
          ),
        ),
        pageBreak,
        centered`移　交　单`,
        paragraph`今移交${fields.text('name')}同志党员档案一份，材料共${file.materials.length > 0 ? String(file.materials.length) : { blank: 3 }}件，请查收。`,
        plain(texts.rule as string),
        signature(['移交单位（盖章）、经办人：', { blank: 6 }], [fields.date('archivedOn')]),
        signature(['接收单位（盖章）、经办人：', { blank: 6 }], blankDate),
      ]
    },
  }),
]

/** A filed paper as the list names it: its file may have any name. */
function titleOf({ title: name, template: of, fileName }: CaseMaterial): string {
  const stem = fileName.replace(/\.[^.]+$/, '')
  return `${name ? `${name}（${stem}）` : stem}${of === 'dossier-index' ? '（目录）' : ''}`
}
