import {
  type Block,
  blank,
  handSigned,
  heading,
  label,
  lines,
  note,
  opinionRow,
  paragraph,
  plain,
  row,
  table,
  title,
  value,
  writtenDate,
} from '@linghang/documents'
import { isWhole } from '@linghang/rulebook'
import type { ElectionState } from '../../process/election.ts'
import { type ElectionFile, namesIn } from '../election-file.ts'
import type { Fields } from '../paper-fields.ts'
import type { PaperTemplate } from '../template.ts'
import { assemblyWord, committeeWord, exceptionWords, numeral, quorumWord, voterWord } from '../words.ts'
import { fillUp, namesOr, ownText, signedByBranch, standingOr } from './parts.ts'

/** What an assembly goes through, in its order; reports where a whole committee is elected. */
function agendaOf(state: ElectionState): string[] {
  const voters = voterWord(state)
  return [
    `清点到会有选举权的${voters}人数，报告应到、实到人数，宣布可以进行选举`,
    '讨论通过不计入应到会人员名单',
    ...(isWhole(state.kind)
      ? [
          `听取和审查上届${state.seats > 0 ? '委员会' : '书记'}工作报告`,
          ...(state.seats > 0 ? ['听取纪律检查工作报告'] : []),
          '听取党费收缴使用情况报告',
        ]
      : []),
    '讨论通过选举办法',
    '讨论通过监票人名单，宣布计票人名单',
    `介绍应选名额和候选人情况，${voters}酝酿候选人名单并表决通过`,
    '检查并封闭票箱，清点并分发选票，说明填写选票的要求',
    `填写选票；监票人、计票人先投票，其他有选举权的${voters}依次投票`,
    '清点收回的选票，报告选举是否有效',
    '监票、计票，总监票人报告计票结果',
    '宣布当选名单',
  ]
}

const chairOf = (state: ElectionState): string =>
  state.body === 'CONGRESS'
    ? '大会主席团'
    : state.seats === 0
      ? '党支部书记'
      : isWhole(state.kind)
        ? '上届委员会'
        : '委员会'

const whoStands = (fields: Fields, state: ElectionState): Block =>
  state.seats > 0
    ? paragraph`大会应选${committeeWord(state)}委员${fields.text('seats', 3)}名，候选人为（按姓氏笔画为序）：${namesOr(fields.candidates())}。`
    : paragraph`大会应选${fields.text('posts', 8)}，${standingOr(fields.proposed(), '候选人：')}。`

const outline = (...headings: string[]): Block[] => headings.flatMap(one => [heading(one), lines(3)])

const exceptionRow = ({
  reason,
  since,
  note: said,
  consent,
}: NonNullable<ElectionFile['assembly']>['exceptions'][number]) =>
  row(
    12,
    value(null),
    value(exceptionWords[reason]),
    value(since ? writtenDate(since) : null),
    value(consent ? `${consent.by} ${writtenDate(consent.on)}` : null),
    value(said),
  )

export const assemblyTemplates: readonly PaperTemplate[] = [
  {
    name: 'AGENDA',
    layout: 'RECORD',
    texts: {},
    body: ({ fields, file: { state }, title: heading1 }) => [
      title(heading1),
      paragraph`时间：${fields.date('assemblyOn')}　　地点：${fields.text('place', 10)}`,
      paragraph`主持：${chairOf(state)}`,
      ...agendaOf(state).map((item, i) => plain(`${i + 1}．${item}。`)),
    ],
  },
  {
    name: 'CHAIR_SCRIPT',
    layout: 'RECORD',
    texts: {
      opening: '现在开会。',
      hands: '以举手方式表决：同意的请举手，请放下；不同意的请举手，请放下；弃权的请举手，请放下。通过。',
    },
    body: ({ fields, file, texts, title: heading1 }) => {
      const { state } = file
      const voters = voterWord(state)
      return [
        title(heading1),
        paragraph`各位${voters}：${texts.opening as string}进行第一项，报告到会人数。今天的大会，应到会有选举权的${voters}${fields.text('due', 3)}名，因故请假${file.assembly ? String(file.assembly.leave) : blank(3)}名，实到会有选举权的${voters}${fields.text('present', 3)}名，${quorumWord(file.state.rules.quorum, '应到会人数')}，符合规定，可以进行选举。`,
        ...agendaOf(state)
          .slice(1)
          .flatMap((item, i): Block[] => [
            plain(`进行第${numeral(i + 2)}项，${item}。`),
            ...(/介绍应选/.test(item) ? [whoStands(fields, state)] : []),
            ...(/通过/.test(item) ? [plain(texts.hands as string)] : []),
          ]),
        plain('现在宣布：本次选举有效，当选名单如下：'),
        lines(2),
        plain('大会各项议程已经进行完毕。散会。'),
      ]
    },
  },
  {
    name: 'COMMITTEE_REPORT',
    layout: 'RECORD',
    own: 'TEXT',
    texts: {},
    body: ({ fields, file, title: heading1 }) => [
      title(heading1),
      paragraph`（${fields.date('assemblyOn')}在${fields.text('organisation', 12)}${assemblyWord(file.state)}上）`,
      ...ownText(
        file,
        'COMMITTEE_REPORT',
        outline('一、任期内主要工作', '二、存在的主要问题和体会', '三、对今后工作的建议'),
      ),
      paragraph`报告人：${fields.text('secretary', 8)}`,
    ],
  },
  {
    name: 'DISCIPLINE_REPORT',
    layout: 'RECORD',
    own: 'TEXT',
    texts: {},
    body: ({ fields, file, title: heading1 }) => [
      title(heading1),
      paragraph`（${fields.date('assemblyOn')}在${fields.text('organisation', 12)}${assemblyWord(file.state)}上）`,
      ...ownText(file, 'DISCIPLINE_REPORT', outline('一、任期内纪律检查工作', '二、存在的问题', '三、今后工作建议')),
      handSigned('报告人'),
    ],
  },
  {
    name: 'DUES_REPORT',
    layout: 'RECORD',
    own: 'TEXT',
    texts: {},
    body: ({ fields, file, title: heading1 }) => [
      title(heading1),
      paragraph`（${fields.date('assemblyOn')}向${fields.text('organisation', 12)}${assemblyWord(file.state)}报告）`,
      ...ownText(file, 'DUES_REPORT', [
        table(
          [28, 32, 32, 32, 32],
          row(
            12,
            label('年　度'),
            label('应　收（元）'),
            label('实　收（元）'),
            label('上　缴（元）'),
            label('使　用（元）'),
          ),
          ...fillUp([], 5, () => row(11, ...Array.from({ length: 5 }, () => value(null)))),
        ),
        plain('需要说明的情况：'),
        lines(4),
      ]),
      paragraph`报告人：${fields.text('secretary', 8)}`,
    ],
  },
  {
    name: 'ELECTION_METHOD',
    layout: 'RECORD',
    own: 'TEXT',
    texts: {
      secret: '选举采用无记名投票方式。选票上不作任何记号、不编号码。',
      absent:
        '因故未到会的，不能委托他人代为投票，也不能以书面方式投票；不能填写选票的，可以由本人委托非候选人按本人意愿代写。',
      choices: '对候选人可以投赞成票、不赞成票或者弃权；投不赞成票的可以另选他人，弃权的不能另选他人。',
    },
    body: ({ fields, file, texts, title: heading1 }) => {
      const { state } = file
      const voters = voterWord(state)
      const clauses = [
        texts.secret as string,
        `到会有选举权的${voters}${quorumWord(file.state.rules.quorum, '应到会人数')}，方可进行选举。`,
        texts.absent as string,
        texts.choices as string,
        '每张选票所选人数等于或者少于应选名额的为有效票，多于应选名额的为无效票。',
        '收回选票等于或者少于投票人数，选举有效；多于投票人数，选举无效，应当重新选举。',
        `被选举人得赞成票超过${file.state.rules.electedBase === 'DUE' ? '应到会' : '实到会'}有选举权人数的半数，始得当选。`,
        '得赞成票超过半数的被选举人多于应选名额时，以得票多少为序，至选够名额为止；末位票数相等不能确定的，就票数相等的重新投票，得票多的当选。',
        '得赞成票超过半数的被选举人少于应选名额时，对不足的名额另行选举；接近应选名额的，经半数以上有选举权的到会人员同意，可以减少名额，不再选举。',
        `监票人由不是候选人的有选举权的${voters}担任，经大会讨论通过；计票人在监票人监督下工作。`,
        '计票结果由监票人、计票人签字，由总监票人向大会报告，主持人宣布当选名单。',
      ]
      return [
        title(heading1),
        plain('一、根据《中国共产党章程》和《中国共产党基层组织选举工作条例》，制定本办法。'),
        ...(state.seats > 0
          ? [
              paragraph`二、本次大会选举${committeeWord(state)}委员${fields.text('seats', 3)}名，候选人${fields.text('candidatesWanted', 3)}名以上，按姓氏笔画为序。${state.posts.length > 0 ? ['新一届委员会选出', fields.text('posts', 8), '，等额选举。'] : ''}`,
            ]
          : [paragraph`二、本次大会等额选举${fields.text('posts', 8)}。`]),
        ...clauses.map((clause, i) => plain(`${numeral(i + 3)}、${clause}`)),
        ...ownText(file, 'ELECTION_METHOD', []),
        plain(`${numeral(clauses.length + 3)}、本办法经${assemblyWord(state)}讨论通过后施行。`),
      ]
    },
  },
  {
    name: 'TELLERS_LIST',
    layout: 'RECORD',
    texts: { rule: '监票人、计票人不能是候选人。监票人经大会讨论通过。' },
    body: ({ file: { state }, texts, title: heading1 }) => {
      const names = namesIn(state)
      const said = (ids: readonly string[] | undefined) =>
        namesOr(
          (ids ?? []).map(id => ({ name: names.get(id) ?? '' })),
          16,
        )
      return [
        title(heading1),
        paragraph`总监票人：${blank(8)}`,
        paragraph`监票人：${said(state.assembly?.tellers)}`,
        paragraph`计票人：${said(state.assembly?.counters)}`,
        note(texts.rule as string),
      ]
    },
  },
  {
    name: 'VOTERS_CONFIRMATION',
    layout: 'FORM',
    texts: { rule: '不计入应到会人数的，经上级党组织同意，并经大会通过。' },
    body: ({ fields, file: { state }, texts, title: heading1 }) => {
      const exceptions = fields.exceptions()
      return [
        title(heading1),
        table(
          [52, 26, 52, 26],
          row(
            12,
            label('正式党员总数'),
            value(fields.cell('fullMembers')),
            label('应到会有选举权人数'),
            value(fields.cell('due')),
          ),
        ),
        table(
          [24, 38, 32, 38, 24],
          row(
            12,
            label('姓　名'),
            label('不计入的情形'),
            label('起始时间'),
            label('同意的党组织、日期'),
            label('备　注'),
          ),
          ...fillUp(exceptions.map(exceptionRow), state.assembly ? 1 : 4, () =>
            row(12, ...Array.from({ length: 5 }, () => value(null))),
          ),
        ),
        table(
          [36, 40, 40, 40],
          opinionRow(36, '上级党组\n织意见', '', '（盖章）', 3),
          opinionRow(30, '大会表决\n结　　果', '', '主持人：', 3),
        ),
        note(texts.rule as string),
        signedByBranch(fields, null),
      ]
    },
  },
]
