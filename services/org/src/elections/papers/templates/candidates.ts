import {
  addressee,
  type Block,
  blank,
  handSigned,
  heading,
  label,
  lines,
  note,
  opinion,
  pageBreak,
  paragraph,
  plain,
  type Row,
  redHead,
  row,
  table,
  textOr,
  title,
  value,
} from '@linghang/documents'
import { announcementDays, bySurnameStrokes, spread } from '@linghang/rulebook'
import type { PaperTemplate } from '../template.ts'
import { assemblyWord, committeeWord, kindWords, termWord, voterWord } from '../words.ts'
import {
  downward,
  fillUp,
  nameCell,
  namesOr,
  ownText,
  signedByBranch,
  signedBySuperior,
  standingOr,
  upward,
} from './parts.ts'

const emptyRow = (heightMm: number, cells: number): Row =>
  row(heightMm, ...Array.from({ length: cells }, () => value(null)))

/** One sheet for each group, its name on it; the bounds of a branch are those of its groups. */
const recommendationSheet = (group: string | null, seats: number, rule: string): Block[] => [
  paragraph`党小组：${textOr(group, 10)}`,
  paragraph`应到会党员${blank(3)}名，实到会党员${blank(3)}名。`,
  table(
    [16, 34, 18, 30, 28, 30],
    row(12, label('序号'), label('被推荐人'), label('性别'), label('出生年月'), label('入党时间'), label('推荐人数')),
    ...fillUp([], Math.max(4, seats + 2), () => emptyRow(11, 6)),
  ),
  note(rule),
  handSigned('党小组组长'),
]

export const candidateTemplates: readonly PaperTemplate[] = [
  {
    name: 'NOMINATION_NOTICE',
    layout: 'LETTER',
    texts: {
      conditions:
        '候选人应当政治坚定、作风正派，有较强的党性观念和群众观念，认真执行党的路线方针政策，密切联系群众，具备履行职责的能力，并有选举权和被选举权。',
      how: '各党小组组织党员充分酝酿、提出推荐人选，填写推荐表后交本委员会汇总；不设党小组的，由全体党员推荐。',
    },
    redHead: ({ fields }) => redHead(fields.cell('organisation'), '支部委员会'),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee('各党小组、全体党员'),
      paragraph`经上级党组织同意，${fields.text('organisation', 12)}拟于${fields.date('assemblyOn')}召开${assemblyWord(state)}进行${kindWords[state.kind]}。${
        state.seats > 0
          ? ['应选委员', fields.text('seats', 3), '名，候选人不少于', fields.text('candidatesWanted', 3), '名。']
          : ['应选', fields.text('posts', 8), '。']
      }现就推荐提名通知如下：`,
      heading('一、人选条件'),
      plain(texts.conditions as string),
      heading('二、推荐办法'),
      plain(texts.how as string),
      heading('三、报送时间'),
      paragraph`请于${blank(3)}月${blank(3)}日前报送推荐情况。`,
      paragraph`联系电话：${fields.text('phone', 10)}`,
      signedByBranch(fields, null),
    ],
  },
  {
    name: 'GROUP_RECOMMENDATION',
    layout: 'FORM',
    texts: { rule: '推荐人数为赞成推荐该人的到会党员人数；各人性别、出生年月、入党时间由党小组填写。' },
    body: ({ file: { state, groups }, texts, title: heading1 }) =>
      (groups.length > 0 ? groups : [null]).flatMap((group, i) => [
        ...(i > 0 ? [pageBreak] : []),
        title(heading1),
        ...recommendationSheet(group, state.seats, texts.rule as string),
      ]),
  },
  {
    name: 'RECOMMENDATION_SUMMARY',
    layout: 'FORM',
    texts: { rule: '按推荐人数由多到少排列。' },
    body: ({ fields, file: { state }, texts, title: heading1 }) => {
      const people = [...fields.recommended()].toSorted((one, other) => other.members - one.members)
      return [
        title(heading1),
        paragraph`${fields.text('organisation', 12)}于${fields.date('recommendedOn')}完成推荐，参加推荐的党小组${textOr(state.recommended && String(state.recommended.groups), 3)}个、党员${textOr(state.recommended && String(state.recommended.members), 3)}名。`,
        table(
          [16, 40, 32, 32, 36],
          row(12, label('序号'), label('姓　名'), label('推荐党小组数'), label('推荐党员数'), label('备　注')),
          ...fillUp(
            people.map(({ name, groups, members }, i) =>
              row(10, value(String(i + 1)), nameCell(name), value(String(groups)), value(String(members)), value(null)),
            ),
            state.recommended ? 0 : 8,
            () => emptyRow(10, 5),
          ),
        ),
        note(texts.rule as string),
        handSigned('组织委员'),
      ]
    },
  },
  {
    name: 'CONSULTATION',
    layout: 'FORM',
    texts: { rule: '意见由被征求意见人本人填写，如实反映；只供党组织研究人选时使用。' },
    body: ({ fields, file: { state }, texts, title: heading1 }) => {
      const people = bySurnameStrokes(fields.recommended(), ({ name }) => name)
      return [
        title(heading1),
        paragraph`${fields.text('organisation', 12)}就${termWord(state)}${committeeWord(state)}委员候选人初步人选征求意见如下：`,
        table(
          [36, 24, 24, 72],
          row(12, label('姓　名'), label('同　意'), label('不同意'), label('意见和理由')),
          ...fillUp(
            people.map(({ name }) => row(14, nameCell(name), value(null), value(null), opinion([[]]))),
            state.recommended ? 0 : 6,
            () => row(14, value(null), value(null), value(null), opinion([[]])),
          ),
        ),
        note(texts.rule as string),
        handSigned('被征求意见人'),
      ]
    },
  },
  {
    name: 'CANDIDATES_REQUEST',
    layout: 'LETTER',
    texts: { closing: '妥否，请批示。', attached: '附件：推荐情况汇总表、候选人简介' },
    redHead: ({ fields }) => upward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('superior', 10)),
      paragraph`经党员充分酝酿推荐（${fields.date('recommendedOn')}），${state.seats > 0 ? '委员会' : ''}集体研究，提出${
        state.seats > 0
          ? [
              `${termWord(state)}${committeeWord(state)}委员候选人预备人选`,
              textOr(state.candidates && String(state.candidates.people.length), 3),
              '名（应选',
              fields.text('seats', 3),
              '名，按姓氏笔画为序）：',
              namesOr(fields.candidates()),
              '。',
            ]
          : ['如下候选人预备人选。']
      }`,
      ...(state.posts.length > 0 ? [paragraph`${standingOr(fields.proposed(), '候选人预备人选：')}。`] : []),
      plain('上述人选均为本组织正式党员，有选举权和被选举权。'),
      plain(texts.closing as string),
      plain(texts.attached as string),
      signedByBranch(fields, state.approvals.CANDIDATES?.requestedOn),
    ],
  },
  {
    name: 'CANDIDATES_REPLY',
    layout: 'LETTER',
    texts: { closing: '请按规定公示后提交大会酝酿、选举。' },
    redHead: ({ fields }) => downward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => {
      const said = state.approvals.CANDIDATES
      const agreed = said?.state === 'APPROVED' ? '同意' : '（同意、不同意）'
      return [
        title(heading1),
        addressee(fields.text('organisation', 12)),
        paragraph`你们关于候选人预备人选的请示收悉。经审查，现批复如下：`,
        ...(state.seats > 0
          ? [
              paragraph`${agreed}${namesOr(fields.candidates())}为${termWord(state)}${committeeWord(state)}委员候选人预备人选。`,
            ]
          : []),
        ...(state.posts.length > 0 ? [paragraph`${agreed}${standingOr(fields.proposed(), '候选人预备人选：')}。`] : []),
        plain(texts.closing as string),
        signedBySuperior(fields, said?.decidedOn),
      ]
    },
  },
  {
    name: 'CANDIDATES_INTRODUCTION',
    layout: 'RECORD',
    own: 'CANDIDATES',
    texts: { order: '按姓氏笔画为序。候选人简历、工作实绩和主要优缺点应当如实介绍。' },
    body: ({ fields, file, texts, title: heading1 }) => {
      const standing = file.state.seats > 0 ? fields.candidates() : fields.proposed()
      const people: readonly { memberId: string; name: string }[] =
        standing.length > 0 ? standing : Array.from({ length: 3 }, () => ({ memberId: '', name: '' }))
      return [
        title(heading1),
        ...people.flatMap(({ memberId, name }) => [
          name === '' ? paragraph`姓名：${blank(8)}` : heading(spread(name)),
          ...ownText(
            file,
            'CANDIDATES_INTRODUCTION',
            [
              paragraph`性别${blank(3)}，${blank(3)}族，${blank(3)}年${blank(2)}月出生，${blank(3)}年${blank(2)}月入党，学历${blank(4)}，现任${blank(10)}。`,
              plain('主要简历和工作实绩：'),
              lines(4),
            ],
            memberId,
          ),
        ]),
        note(texts.order as string),
      ]
    },
  },
  {
    name: 'OPINION_INQUIRY',
    layout: 'LETTER',
    texts: {
      ask: '请就上述人员有无违纪违法问题、是否存在不宜作为候选人的情形提出意见，并于收到后五个工作日内函复。',
    },
    redHead: ({ fields }) => downward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee({ blank: 12 }),
      paragraph`${fields.text('organisation', 12)}拟进行${kindWords[state.kind]}，现将候选人预备人选名单送你们征求意见：`,
      paragraph`${namesOr(state.seats > 0 ? fields.candidates() : fields.proposed(), 20)}。`,
      plain(texts.ask as string),
      signedBySuperior(fields, null),
    ],
  },
  {
    name: 'CANDIDATES_NOTICE',
    layout: 'NOTICE',
    texts: {
      invitation:
        '公示期间，党员和群众可以通过来信、来电、来访等方式反映公示对象的情况和问题。反映问题应当实事求是，提倡署真实姓名，以便核实和答复。',
    },
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      paragraph`经党员推荐、集体研究并报上级党组织审查同意，现将${fields.text('organisation', 12)}${kindWords[state.kind]}候选人预备人选公示如下：`,
      ...(state.seats > 0 ? [paragraph`委员候选人预备人选（按姓氏笔画为序）：${namesOr(fields.candidates())}。`] : []),
      ...(state.posts.length > 0 ? [paragraph`${standingOr(fields.proposed(), '候选人预备人选：')}。`] : []),
      paragraph`公示时间：${fields.date('announcedFrom')}至${fields.date('announcedUntil')}（不少于${String(announcementDays.workingDays)}个工作日）。`,
      plain(texts.invitation as string),
      paragraph`受理单位：${fields.text('organisation', 12)}`,
      paragraph`联系电话：${fields.text('phone', 10)}`,
      signedByBranch(fields, state.announced?.from),
    ],
  },
  {
    name: 'ASSEMBLY_NOTICE',
    layout: 'LETTER',
    texts: { duty: '请按时到会；因故不能到会的，请事先请假。未到会的不能委托他人代为投票，也不能以书面方式投票。' },
    redHead: ({ fields }) => redHead(fields.cell('organisation'), '支部委员会'),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(`各位${voterWord(state)}`),
      paragraph`经上级党组织批准，定于${fields.date('assemblyOn')}${blank(3)}时在${fields.text('place', 10)}召开${assemblyWord(state)}，进行${kindWords[state.kind]}。`,
      plain(texts.duty as string),
      paragraph`联系电话：${fields.text('phone', 10)}`,
      signedByBranch(fields, state.summonedOn),
    ],
  },
]
