import {
  addressee,
  blank,
  centered,
  handSigned,
  heading,
  label,
  lines,
  note,
  pageBreak,
  paragraph,
  plain,
  row,
  table,
  title,
  value,
} from '@linghang/documents'
import { isWhole, paperNumber } from '@linghang/rulebook'
import type { ElectionState } from '../../process/election.ts'
import { namesIn, papersOf, titleOf } from '../election-file.ts'
import type { Fields } from '../paper-fields.ts'
import type { PaperTemplate } from '../template.ts'
import { assemblyWord, committeeWord, kindWords, postNames, termWord } from '../words.ts'
import {
  countSentence,
  dayOr,
  downward,
  namesOr,
  signedByBranch,
  signedBySuperior,
  standingOr,
  upward,
  votesTable,
} from './parts.ts'

const plenaryOf = ({ state }: { state: ElectionState }) => state.ballots.findLast(({ kind }) => kind === 'POSTS')

/** Members are filed, secretary and deputies approved. */
const forDecision = ({ seats, posts }: ElectionState): string =>
  `${[...(seats > 0 ? ['委员报请备案'] : []), ...(posts.length > 0 ? [`${postNames(posts)}报请审批`] : [])].join('，')}。`

const whoWasElected = (fields: Fields, state: ElectionState) => [
  ...(state.seats > 0
    ? [
        paragraph`选举产生${committeeWord(state)}委员${String(state.seats)}名（以得票多少为序）：${namesOr(fields.elected())}。`,
      ]
    : []),
  ...(state.posts.length > 0 ? [paragraph`选举产生${standingOr(fields.officers(), '：')}。`] : []),
]

export const afterTemplates: readonly PaperTemplate[] = [
  {
    name: 'PLENARY_AGENDA',
    layout: 'RECORD',
    texts: {
      chair: '会议由上届委员会委托一名新当选的委员主持；选举产生书记后，由书记主持以后的议程。',
      work: '讨论委员分工和近期工作。',
    },
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      paragraph`时间：${dayOr(state.ballots.findLast(({ kind }) => kind === 'POSTS')?.on)}　　地点：${blank(6)}`,
      ...(isWhole(state.kind) ? [plain(texts.chair as string)] : []),
      heading('一、议程'),
      ...[
        '报告到会委员人数',
        '通过监票人（由不是候选人的委员担任）',
        '宣布上级党组织同意的候选人预备人选',
        `无记名投票等额选举${postNames(state.posts)}`,
        '报告计票结果，宣布当选人',
        texts.work as string,
      ].map((item, i) => plain(`${i + 1}．${item.replace(/。$/, '')}。`)),
      heading('二、主持词'),
      paragraph`各位委员：现在召开${termWord(state)}${committeeWord(state)}${isWhole(state.kind) ? '第一次' : ''}全体会议。应到委员${state.elected.length > 0 ? String(state.elected.length) : blank(3)}名，实到${blank(3)}名，符合规定，可以进行选举。`,
      paragraph`经上级党组织同意，${standingOr(fields.proposed(), '候选人：')}。请各位委员酝酿。没有不同意见，现在投票。`,
      paragraph`现在宣布：${standingOr(fields.officers(), '：')}当选。`,
    ],
  },
  {
    name: 'PLENARY_RESULT',
    layout: 'RECORD',
    texts: {},
    body: ({ fields, file, title: heading1 }) => {
      const { state } = file
      const counted = fields.counted('POSTS').at(-1)
      return [
        title(heading1),
        paragraph`${dayOr(plenaryOf(file)?.on)}，${fields.text('organisation', 12)}${termWord(state)}${committeeWord(state)}召开${isWhole(state.kind) ? '第一次' : ''}全体会议，等额选举${fields.text('posts', 8)}。`,
        countSentence(counted, '委员'),
        votesTable(file, counted, fields.proposed(), namesIn(state)),
        paragraph`当选的是：${standingOr(fields.officers(), '：')}。`,
        handSigned('监票人'),
      ]
    },
  },
  {
    name: 'RESULT_REQUEST',
    layout: 'LETTER',
    texts: { closing: '妥否，请批示。' },
    redHead: ({ fields }) => upward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('superior', 10)),
      paragraph`经批准，${fields.text('organisation', 12)}于${fields.date('assemblyOn')}召开${assemblyWord(state)}进行${kindWords[state.kind]}。应到会有选举权的${fields.text('due', 3)}名，实到会${fields.text('present', 3)}名，符合规定。选举采用无记名投票方式，程序符合要求。现将结果报告如下：`,
      ...whoWasElected(fields, state),
      plain(`${forDecision(state)}${texts.closing}`),
      plain('附件：选举结果报告单'),
      signedByBranch(fields, state.approvals.RESULT?.requestedOn),
    ],
  },
  {
    name: 'RESULT_REPLY',
    layout: 'LETTER',
    texts: { closing: '请做好工作交接和委员分工，材料按规定归档。' },
    redHead: ({ fields }) => downward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => {
      const said = state.approvals.RESULT
      const agreed = said?.state === 'APPROVED' ? '同意' : '（同意、不同意）'
      return [
        title(heading1),
        addressee(fields.text('organisation', 12)),
        paragraph`你们关于选举结果的报告收悉。经研究，现批复如下：`,
        ...(state.seats > 0 ? [paragraph`${namesOr(fields.elected())}为${committeeWord(state)}委员，准予备案。`] : []),
        ...(state.posts.length > 0 ? [paragraph`${agreed}选举结果：${standingOr(fields.officers(), '：')}。`] : []),
        plain(texts.closing as string),
        signedBySuperior(fields, said?.decidedOn),
      ]
    },
  },
  {
    name: 'FILE_INDEX',
    layout: 'FORM',
    texts: {
      seal: '选票由监票人、计票人封存，保存至下次选举。',
      objections: '对选举有意见的，可以向本组织或者上级党组织反映。',
    },
    body: ({ fields, file, texts, title: heading1 }) => [
      title(heading1),
      paragraph`${fields.text('organisation', 12)}　　归档人：${blank(6)}　　归档日期：${blank(8)}`,
      table(
        [16, 16, 76, 20, 28],
        row(11, label('序号'), label('编号'), label('材料名称'), label('页数'), label('备　注')),
        ...papersOf(file).map(({ name }, i) =>
          row(
            8,
            value(String(i + 1)),
            value(String(paperNumber(name))),
            value(titleOf(file, name)),
            value(null),
            value(null),
          ),
        ),
      ),
      note(texts.seal as string),
      pageBreak,
      centered`公　　告`,
      paragraph`${fields.text('organisation', 12)}于${fields.date('assemblyOn')}召开${assemblyWord(file.state)}进行${kindWords[file.state.kind]}，结果经上级党组织批复、备案，现予公布：`,
      ...whoWasElected(fields, file.state),
      plain(texts.objections as string),
      ...(file.state.phase === 'DONE' ? [] : [lines(1)]),
      signedByBranch(fields, null),
    ],
  },
]
