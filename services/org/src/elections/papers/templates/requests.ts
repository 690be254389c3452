import { addressee, type Block, heading, paragraph, plain, redHead, title, writtenDate } from '@linghang/documents'
import { type ElectionFile, papersOf, titleOf } from '../election-file.ts'
import type { PaperTemplate } from '../template.ts'
import { assemblyWord, committeeWord, kindWords, postNames, voterWord } from '../words.ts'
import { dayOr, downward, ownText, signedByBranch, signedBySuperior, upward } from './parts.ts'

const basis = '根据《中国共产党章程》和《中国共产党基层组织选举工作条例》的有关规定'
const approved = ['同意'] as const
/** What the superior said; before it has decided both words stand, one to be struck out. */
const agreed = (state: string | undefined) => (state === 'APPROVED' ? approved : ['（同意、不同意）'])

/** Each day with what is due on it. */
const schedule = (file: ElectionFile): Block[] =>
  [...Map.groupBy(papersOf(file), ({ dueOn }) => dueOn)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, due]) => plain(`${writtenDate(day)}前：${due.map(({ name }) => titleOf(file, name)).join('、')}。`))

export const requestTemplates: readonly PaperTemplate[] = [
  {
    name: 'WORK_PLAN',
    layout: 'LETTER',
    own: 'TEXT',
    texts: {
      principle: '坚持党的领导，充分发扬民主，严格按照党章和选举工作条例规定的程序办理，尊重和保障党员的民主权利。',
      discipline:
        '严肃换届纪律，不得以任何方式强迫选举人选举或者不选举某人，不得拉票贿选、泄露应当保密的情况；发现问题及时向上级党组织报告。',
    },
    redHead: ({ fields }) => redHead(fields.cell('organisation'), '支部委员会'),
    body: ({ fields, file, texts, title: heading1 }) => [
      title(heading1),
      paragraph`${fields.text('organisation', 12)}本届${committeeWord(file.state)}任期至${fields.date('termEnd')}届满。${basis}，制定本方案。`,
      heading('一、工作原则'),
      plain(texts.principle as string),
      heading('二、选举方式和名额'),
      paragraph`拟于${fields.date('assemblyOn')}召开${assemblyWord(file.state)}，现有正式党员${fields.text('fullMembers', 3)}名。${
        file.state.seats > 0
          ? [
              '新一届委员会设委员',
              fields.text('seats', 3),
              '名，差额选举，候选人不少于',
              fields.text('candidatesWanted', 3),
              '名；设',
              fields.text('posts', 8),
              '，由新一届委员会第一次全体会议等额选举产生。',
            ]
          : ['不设委员会，设', fields.text('posts', 8), `，由${assemblyWord(file.state)}直接选举产生。`]
      }`,
      heading('三、工作安排'),
      ...schedule(file),
      heading('四、工作要求'),
      ...ownText(file, 'WORK_PLAN', [plain(texts.discipline as string)]),
      signedByBranch(fields, null),
    ],
  },
  {
    name: 'ASSEMBLY_REQUEST',
    layout: 'LETTER',
    texts: { closing: '妥否，请批示。' },
    redHead: ({ fields }) => upward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('superior', 10)),
      paragraph`${fields.text('organisation', 12)}本届${committeeWord(state)}任期至${fields.date('termEnd')}届满。${basis}，经委员会集体研究，拟于${fields.date('assemblyOn')}召开${assemblyWord(state)}，选举产生新一届${committeeWord(state)}。现将有关事项请示如下：`,
      heading('一、应到会人员'),
      paragraph`现有正式党员${fields.text('fullMembers', 3)}名。不计入应到会人数的，另行报批并提请大会通过。`,
      heading('二、委员名额和候选人'),
      paragraph`新一届委员会拟设委员${fields.text('seats', 3)}名，其中${fields.text('posts', 8)}。委员实行差额选举，候选人不少于${fields.text('candidatesWanted', 3)}名；${postNames(state.posts)}由新一届委员会第一次全体会议等额选举产生。`,
      heading('三、主要议程'),
      paragraph`听取和审查本届委员会工作报告，听取党费收缴使用情况报告，选举新一届委员会。`,
      plain(texts.closing as string),
      signedByBranch(fields, state.approvals.REQUEST?.requestedOn),
    ],
  },
  {
    name: 'ASSEMBLY_REPLY',
    layout: 'LETTER',
    texts: { closing: '请严格按照有关规定组织选举，选举结果及时报告。' },
    redHead: ({ fields }) => downward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('organisation', 12)),
      paragraph`你们${dayOr(state.approvals.REQUEST?.requestedOn)}关于选举的请示收悉。经研究，现批复如下：`,
      paragraph`一、${agreed(state.approvals.REQUEST?.state)}你们于${fields.date('assemblyOn')}召开${assemblyWord(state)}进行${kindWords[state.kind]}。`,
      state.seats > 0
        ? paragraph`二、${agreed(state.approvals.REQUEST?.state)}新一届委员会设委员${fields.text('seats', 3)}名，候选人不少于${fields.text('candidatesWanted', 3)}名；设${fields.text('posts', 8)}。`
        : paragraph`二、${agreed(state.approvals.REQUEST?.state)}由大会直接选举${fields.text('posts', 8)}。`,
      plain(`三、${texts.closing}`),
      signedBySuperior(fields, state.approvals.REQUEST?.decidedOn),
    ],
  },
  {
    name: 'CHANGED_DAY_REQUEST',
    layout: 'LETTER',
    texts: { closing: '妥否，请批示。' },
    redHead: ({ fields }) => upward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('superior', 10)),
      paragraph`${fields.text('organisation', 12)}本届${committeeWord(state)}任期至${fields.date('termEnd')}届满。因${fields.text('reason', 16)}，${state.kind === 'EARLY' ? '需要提前换届' : '不能按期换届'}。${basis}，经集体研究，拟${state.kind === 'EARLY' ? '提前' : '延期'}至${fields.date('assemblyOn')}进行换届选举，${state.kind === 'EARLY' ? '提前' : '延长'}的期限不超过一年。`,
      plain(texts.closing as string),
      signedByBranch(fields, state.approvals.REQUEST?.requestedOn),
    ],
  },
  {
    name: 'CHANGED_DAY_REPLY',
    layout: 'LETTER',
    texts: { closing: '请抓紧做好各项准备，按批复的时间完成换届。' },
    redHead: ({ fields }) => downward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('organisation', 12)),
      paragraph`你们${dayOr(state.approvals.REQUEST?.requestedOn)}的请示收悉。经研究，${agreed(state.approvals.REQUEST?.state)}你们${state.kind === 'EARLY' ? '提前' : '延期'}至${fields.date('assemblyOn')}进行换届选举。`,
      plain(texts.closing as string),
      signedBySuperior(fields, state.approvals.REQUEST?.decidedOn),
    ],
  },
  {
    name: 'BRANCH_REQUEST',
    layout: 'LETTER',
    texts: { closing: '妥否，请批示。' },
    redHead: ({ fields }) => upward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('superior', 10)),
      paragraph`${fields.text('organisation', 12)}现有正式党员${fields.text('fullMembers', 3)}名，不设支部委员会，本届任期至${fields.date('termEnd')}届满。${basis}，拟于${fields.date('assemblyOn')}召开${assemblyWord(state)}，由全体有选举权的${voterWord(state)}充分酝酿，直接等额选举${fields.text('posts', 8)}。`,
      plain(texts.closing as string),
      signedByBranch(fields, state.approvals.REQUEST?.requestedOn),
    ],
  },
  {
    name: 'VACANCY_REQUEST',
    layout: 'LETTER',
    texts: { closing: '妥否，请批示。' },
    redHead: ({ fields }) => upward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('superior', 10)),
      paragraph`因${fields.text('reason', 16)}，${basis}，经集体研究，拟于${fields.date('assemblyOn')}召开${assemblyWord(state)}，${state.kind === 'CO_OPTION' ? '增补' : '补选'}${
        state.seats > 0 ? ['委员', fields.text('seats', 3), '名'] : [fields.text('posts', 8)]
      }${state.seats > 0 && state.posts.length > 0 ? ['，并选举', fields.text('posts', 8)] : ''}。${
        state.seats === 0
          ? '实行等额选举。'
          : state.consentToEqual
            ? '因只选一名，拟实行等额选举，请一并批准。'
            : ['实行差额选举，候选人不少于', fields.text('candidatesWanted', 3), '名。']
      }`,
      plain(texts.closing as string),
      signedByBranch(fields, state.approvals.REQUEST?.requestedOn),
    ],
  },
  {
    name: 'VACANCY_REPLY',
    layout: 'LETTER',
    texts: { closing: '请严格按照有关规定组织选举，选举结果及时报告。' },
    redHead: ({ fields }) => downward(fields),
    body: ({ fields, file: { state }, texts, title: heading1 }) => [
      title(heading1),
      addressee(fields.text('organisation', 12)),
      paragraph`你们${dayOr(state.approvals.REQUEST?.requestedOn)}的请示收悉。经研究，${agreed(state.approvals.REQUEST?.state)}你们于${fields.date('assemblyOn')}召开${assemblyWord(state)}，${state.kind === 'CO_OPTION' ? '增补' : '补选'}${
        state.seats > 0 ? ['委员', fields.text('seats', 3), '名'] : [fields.text('posts', 8)]
      }${state.consentToEqual ? '，实行等额选举' : ''}。`,
      plain(texts.closing as string),
      signedBySuperior(fields, state.approvals.REQUEST?.decidedOn),
    ],
  },
]
