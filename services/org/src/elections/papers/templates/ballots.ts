import {
  type Block,
  blank,
  centered,
  countOr,
  handSigned,
  heading,
  label,
  lines,
  note,
  paragraph,
  plain,
  type Row,
  row,
  table,
  title,
  value,
} from '@linghang/documents'
import { bySurnameStrokes, spread } from '@linghang/rulebook'
import type { ElectionState } from '../../process/election.ts'
import { type ElectionFile, namesIn, seatsAsked } from '../election-file.ts'
import type { Counted, Fields } from '../paper-fields.ts'
import type { PaperTemplate } from '../template.ts'
import { assemblyWord, ballotWords, committeeWord, outcomeWords, postWords, voterWord } from '../words.ts'
import { countSentence, dayOr, fillUp, nameCell, namesOr, standingOr, votesTable } from './parts.ts'

const heldOn = ({ assembly }: ElectionState) => dayOr(assembly?.on)
const empty = (heightMm: number, cells: number): Row =>
  row(heightMm, ...Array.from({ length: cells }, () => value(null)))

const ballotColumnsMm = [44, 28, 28, 28, 28]
/** Candidates with a cell for each mark, and a line for whoever a voter names instead. */
const ballotTable = (people: readonly { said?: string; name: string }[], atLeast: number): Block =>
  table(
    ballotColumnsMm,
    row(14, label('候选人姓名'), label('赞　成'), label('不赞成'), label('弃　权'), label('另选他人')),
    ...fillUp(
      people.map(({ said, name }) =>
        row(
          16,
          said ? value(`${said}　${spread(name)}`.trim()) : nameCell(name),
          ...Array.from({ length: 4 }, () => value(null)),
        ),
      ),
      atLeast,
      () => empty(16, 5),
    ),
  )

/** Who stands in the ballot that is held, else in the list that was put forward. */
function committeeBallot({ state }: ElectionFile, fields: Fields) {
  const listed = fields.candidates()
  const open = state.ballots.findLast(({ kind }) => kind !== 'POSTS')
  const names = namesIn(state)
  const standing = open
    ? bySurnameStrokes(
        open.candidates.map(memberId => ({ memberId, name: names.get(memberId) ?? '' })),
        ({ name }) => name,
      )
    : listed
  return { standing, seats: open?.seats ?? seatsAsked(state), kind: open?.kind ?? 'MAIN' }
}

const ballotLine = (ballot: Counted): Row => {
  const { due, present, issued, voting, returned, void: spoilt } = ballot.counted.tally
  return row(
    12,
    value(ballotWords[ballot.kind]),
    ...[due, present, issued, voting, returned, spoilt].map(count => value(String(count))),
  )
}

const signers = (): Block[] => [
  handSigned('总监票人'),
  paragraph`监票人（签名）：${blank(14)}`,
  paragraph`计票人（签名）：${blank(14)}`,
]

export const ballotTemplates: readonly PaperTemplate[] = [
  {
    name: 'SIGN_IN_SHEET',
    layout: 'FORM',
    texts: { rule: '由到会有选举权的人员本人签名；预备党员列席的另行签到。' },
    body: ({ fields, file: { state }, texts, title: heading1 }) => {
      const people = state.assembly?.due ?? state.fullMembers
      const rows = Math.ceil(people / 2)
      return [
        title(heading1),
        paragraph`${fields.text('organisation', 12)}　${heldOn(state)}`,
        table(
          [14, 30, 34, 14, 30, 34],
          row(11, label('序号'), label('姓　名'), label('签　名'), label('序号'), label('姓　名'), label('签　名')),
          ...Array.from({ length: rows }, (_, i) =>
            row(
              10,
              value(String(i + 1)),
              value(null),
              value(null),
              value(rows + i + 1 <= people ? String(rows + i + 1) : null),
              value(null),
              value(null),
            ),
          ),
        ),
        note(texts.rule as string),
        paragraph`应到会有选举权的${voterWord(state)}${fields.text('due', 3)}名，实到会${fields.text('present', 3)}名。`,
        handSigned('计票人'),
      ]
    },
  },
  {
    name: 'COMMITTEE_BALLOT',
    layout: 'BALLOT',
    texts: {
      marks: '赞成的在“赞成”栏内画“○”，不赞成的在“不赞成”栏内画“×”，弃权的不画任何符号或者在“弃权”栏内画“△”。',
      others: '不赞成某候选人而另选他人的，在该候选人的“另选他人”栏内写上所选人的姓名；弃权的不能另选他人。',
    },
    body: ({ fields, file, texts, title: heading1 }) => {
      const { standing, seats, kind } = committeeBallot(file, fields)
      const { state } = file
      return [
        title(heading1),
        centered`${fields.text('organisation', 12)}（印章）${kind === 'MAIN' ? '' : `　${ballotWords[kind]}`}`,
        paragraph`应选${committeeWord(state)}委员${seats > 0 ? String(seats) : blank(3)}名，候选人（按姓氏笔画为序）：`,
        ballotTable(standing, file.state.candidates ? standing.length : seats + 1),
        plain(`填写说明：一、${texts.marks}`),
        plain(`二、${texts.others}`),
        paragraph`三、所选人数（含另选人）等于或者少于${seats > 0 ? String(seats) : blank(3)}名的有效，多于应选名额的无效。`,
      ]
    },
  },
  {
    name: 'OFFICER_BALLOT',
    layout: 'BALLOT',
    texts: {
      marks: '赞成的在“赞成”栏内画“○”，不赞成的在“不赞成”栏内画“×”，弃权的不画任何符号或者在“弃权”栏内画“△”。',
      others: '不赞成某候选人而另选他人的，在该候选人的“另选他人”栏内写上所选人的姓名；弃权的不能另选他人。',
    },
    body: ({ fields, file: { state }, texts, title: heading1 }) => {
      const names = namesIn(state)
      const open = state.ballots.findLast(({ kind }) => kind === 'POSTS')
      const listed = fields.proposed()
      const standing = open ? open.posts.map(one => ({ ...one, name: names.get(one.memberId) ?? '' })) : listed
      const unknown = state.posts.map(post => ({ post, name: '' }))
      return [
        title(heading1),
        centered`${fields.text('organisation', 12)}（印章）`,
        paragraph`应选${fields.text('posts', 8)}，等额选举：`,
        ballotTable(
          (standing.length > 0 ? standing : unknown).map(({ post, name }) => ({ said: postWords[post], name })),
          0,
        ),
        plain(`填写说明：一、${texts.marks}`),
        plain(`二、${texts.others}`),
        plain('三、每一职务所选人数等于或者少于应选名额的有效，多于应选名额的无效。'),
      ]
    },
  },
  {
    name: 'BALLOT_REGISTER',
    layout: 'FORM',
    texts: { rule: '收回选票等于或者少于投票人数，选举有效；多于投票人数，选举无效，应当重新选举。' },
    body: ({ fields, file, texts, title: heading1 }) => {
      const committee = file.state.seats > 0 ? fields.counted('COMMITTEE') : []
      const officers = file.state.posts.length > 0 ? fields.counted('POSTS') : []
      return [
        title(heading1),
        paragraph`${fields.text('organisation', 12)}　${heldOn(file.state)}`,
        table(
          [48, 18, 18, 18, 18, 18, 18],
          row(14, ...['投票轮次', '应到', '实到', '发出', '投票\n人数', '收回', '无效票'].map(text => label(text))),
          ...fillUp([...committee, ...officers].map(ballotLine), 4, () => empty(12, 7)),
        ),
        note(texts.rule as string),
        ...signers(),
      ]
    },
  },
  {
    name: 'TALLY_SHEET',
    layout: 'FORM',
    texts: { rule: '计票时用“正”字逐票记录，统计后填写合计；两人分别统计、互相核对。' },
    body: ({ fields, file, texts, title: heading1 }) => {
      const names = namesIn(file.state)
      const ofCommittee = file.state.seats > 0
      const counted = fields.counted(ofCommittee ? 'COMMITTEE' : 'POSTS')
      const standing = ofCommittee ? fields.candidates() : fields.proposed()
      const votes = counted.flatMap(ballot => [
        heading(ballotWords[ballot.kind]),
        countSentence(ballot, voterWord(file.state)),
        votesTable(file, ballot, standing, names),
      ])
      const byPen = [
        countSentence(undefined, voterWord(file.state)),
        table(
          [32, 40, 12, 28, 12, 20, 12],
          row(12, ...['姓　名', '赞　成', '计', '不赞成', '计', '弃　权', '计'].map(text => label(text))),
          ...fillUp(
            standing.map(({ name }) => row(20, nameCell(name), ...Array.from({ length: 6 }, () => value(null)))),
            Math.max(3, standing.length + 1),
            () => empty(20, 7),
          ),
        ),
      ]
      return [
        title(heading1),
        paragraph`${fields.text('organisation', 12)}　${heldOn(file.state)}`,
        ...(counted.length > 0 ? votes : byPen),
        note(texts.rule as string),
        ...signers(),
      ]
    },
  },
  {
    name: 'RESULT_SHEET',
    layout: 'RECORD',
    texts: {},
    body: ({ fields, file, title: heading1 }) => {
      const { state } = file
      const ofCommittee = state.seats > 0
      const counted = fields.counted(ofCommittee ? 'COMMITTEE' : 'POSTS')
      const standing = ofCommittee ? fields.candidates() : fields.proposed()
      const rounds = counted.filter(({ kind }) => kind !== 'PRELIMINARY')
      const told = (ballot: Counted | undefined): Block[] => [
        countSentence(ballot, voterWord(state)),
        votesTable(file, ballot, standing, namesIn(state)),
        ...(ballot ? [plain(`本轮结果：${outcomeWords[ballot.counted.outcome.kind]}。`)] : []),
      ]
      return [
        title(heading1),
        paragraph`${heldOn(state)}，${fields.text('organisation', 12)}召开${assemblyWord(state)}，选举${
          ofCommittee ? [committeeWord(state), '委员', countOr(seatsAsked(state)), '名'] : [fields.text('posts', 8)]
        }。`,
        ...(rounds.length > 0
          ? rounds.flatMap(ballot => [
              ...(rounds.length > 1 ? [heading(ballotWords[ballot.kind])] : []),
              ...told(ballot),
            ])
          : told(undefined)),
        ofCommittee
          ? paragraph`根据选举办法，当选为${committeeWord(state)}委员的是（以得票多少为序）：${namesOr(fields.elected())}。`
          : paragraph`根据选举办法，当选的是：${standingOr(fields.officers(), '')}。`,
        ...(rounds.length > 0 ? [] : [lines(2)]),
        handSigned('总监票人'),
      ]
    },
  },
]
