import type { ElectionFile } from '../src/elections/papers/election-file.ts'
import { fold } from '../src/elections/process/election-state.ts'
import type { Fact } from '../src/elections/process/facts.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${`${n}`.padStart(12, '0')}`
/** Whom the branch recommended, in no order of theirs. */
export const people = ['赵敏行', '丁一', '魏长河', '王立新', '马文静'].map((name, i) => ({
  memberId: uuid(i + 1),
  name,
}))
const [zhao, ding, wei, wang] = people as [Named, Named, Named, Named]
type Named = (typeof people)[number]
const outsider = uuid(90)

type Opened = Extract<Fact, { type: 'OPENED' }>
const opened: Opened = {
  ...{ type: 'OPENED', on: '2027-01-04', orgId: uuid(98), organisationKind: 'BRANCH', fullMembers: 23, kind: 'TERM' },
  ...{ body: 'ASSEMBLY', seats: 3, posts: ['SECRETARY', 'DEPUTY_SECRETARY'], plannedOn: '2027-02-26' },
  ...{ termEnd: '2027-03-05', reason: null, consentToEqual: false },
}
const asked = (stage: 'REQUEST' | 'CANDIDATES' | 'RESULT', on: string, n: number): Fact => ({
  ...{ type: 'APPROVAL_REQUESTED', on, stage, approvalId: uuid(n), round: 1, deciderOrgId: outsider },
})
const agreed = (stage: 'REQUEST' | 'CANDIDATES' | 'RESULT', on: string, n: number): Fact => ({
  ...{ type: 'APPROVAL_DECIDED', on, stage, approvalId: uuid(n), round: 1, outcome: 'APPROVED' },
})
const posts = [
  { post: 'SECRETARY' as const, memberId: zhao.memberId },
  { post: 'DEPUTY_SECRETARY' as const, memberId: ding.memberId },
]
const votes = (memberId: string, inFavour: number, of: number) => ({
  ...{ memberId, inFavour, against: of - inFavour - 1, abstained: 1 },
})
const counts = (due: number, came: number) => ({
  ...{ due, present: came, issued: came, voting: came, returned: came, void: 0 },
})

/** All facts of an election to its end, each day another. */
const facts: Fact[] = [
  opened,
  asked('REQUEST', '2027-01-05', 201),
  agreed('REQUEST', '2027-01-12', 201),
  {
    ...{ type: 'RECOMMENDED', on: '2027-01-18', groups: 2, members: 21 },
    people: people.map((one, i) => ({ ...one, groups: 2 - (i % 2), members: 20 - i })),
  },
  { type: 'CANDIDATES_SET', on: '2027-01-20', candidates: [zhao, ding, wei, wang], posts },
  asked('CANDIDATES', '2027-01-21', 202),
  agreed('CANDIDATES', '2027-01-28', 202),
  { type: 'ANNOUNCED', on: '2027-01-29', until: '2027-02-04' },
  { type: 'SUMMONED', on: '2027-02-19', assemblyOn: '2027-02-26' },
  {
    ...{ type: 'ASSEMBLY_HELD', on: '2027-02-26', meetingId: uuid(300), due: 22, present: 19 },
    ...{ tellers: [people[4]?.memberId as string], counters: [outsider] },
  },
  {
    ...{ type: 'BALLOT_OPENED', on: '2027-02-26', kind: 'MAIN', seats: 3, posts: [] },
    candidates: [zhao, ding, wei, wang].map(one => one.memberId),
  },
  {
    ...{ type: 'BALLOT_COUNTED', on: '2027-02-26', by: 'two' },
    tally: {
      ...counts(22, 19),
      returned: 18,
      void: 1,
      candidates: [
        votes(zhao.memberId, 16, 17),
        votes(ding.memberId, 15, 17),
        votes(wei.memberId, 12, 17),
        votes(wang.memberId, 4, 17),
      ],
      writeIns: [],
    },
    outcome: { kind: 'FILLED', elected: [zhao.memberId, ding.memberId, wei.memberId] },
  },
  {
    ...{ type: 'BALLOT_OPENED', on: '2027-02-27', kind: 'POSTS', seats: 2, posts },
    candidates: posts.map(one => one.memberId),
  },
  {
    ...{ type: 'BALLOT_COUNTED', on: '2027-02-27', by: 'two' },
    tally: {
      ...counts(3, 3),
      candidates: posts.map(({ memberId }) => ({ memberId, inFavour: 3, against: 0, abstained: 0 })),
      writeIns: [],
    },
    outcome: { kind: 'FILLED', elected: posts.map(one => one.memberId) },
  },
  asked('RESULT', '2027-03-01', 203),
  agreed('RESULT', '2027-03-08', 203),
  { type: 'SEATED', on: '2027-03-08' },
]

/** An election that has gone all the way: every value differs from every other, so that none can stand for another. */
export const fullElection = (): ElectionFile => ({
  ...{ id: uuid(400), state: fold(facts), superior: '中共甲街道工作委员会', groups: ['第一党小组', '第二党小组'] },
  organisation: { name: '中共甲街道甲一社区支部委员会', phone: '023-5550 1101', secretary: '冯建国' },
  assembly: {
    ...{ place: '社区礼堂', leave: 2, absent: 1, onProbation: 4 },
    exceptions: [
      {
        ...{ reason: 'LONG_ILL', since: '2025-06-01', note: '家属证明' },
        consent: { by: '甲街道工委', on: '2027-02-10' },
      },
    ],
  },
  own: [
    {
      paper: 'COMMITTEE_REPORT',
      memberId: null,
      paragraphs: ['三年来，支部做了三件实事。', '今后继续努力。'],
      version: 2,
    },
    {
      paper: 'CANDIDATES_INTRODUCTION',
      memberId: zhao.memberId,
      paragraphs: ['赵敏行，男，一九八零年生。'],
      version: 1,
    },
  ],
})

/** The same with other facts of its opening, and nothing after it. */
export const openedElection = (over: Partial<Opened> = {}, groups: string[] = []): ElectionFile => ({
  ...{ id: uuid(401), state: fold([{ ...opened, ...over }]), superior: null, groups, assembly: null, own: [] },
  organisation: { name: '中共甲街道甲一社区支部委员会', phone: null, secretary: null },
})

/** An election as far as one of its facts. */
export const electionUntil = (n: number): ElectionFile => ({
  ...fullElection(),
  state: fold(facts.slice(0, n)),
  assembly: n > 9 ? fullElection().assembly : null,
})
