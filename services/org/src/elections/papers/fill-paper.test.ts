import { describe, expect, test } from '@jest/globals'
import { renderDocx, textOf, typeAreaMm } from '@linghang/documents'
import { type ElectionPaper, electionPapers, paperTitle, usualCountRules } from '@linghang/rulebook'
import { electionUntil, fullElection, openedElection, people } from '../../../test/election-files.ts'
import { type ElectionFile, papersOf, titleOf } from './election-file.ts'
import { allPapers, fillPaper } from './fill-paper.ts'
import { numeral, quorumWord } from './words.ts'

const text = (name: ElectionPaper, file: ElectionFile = fullElection()) => textOf(fillPaper(name, file).model)
const missing = (name: ElectionPaper, file: ElectionFile) => fillPaper(name, file).missing

const kinds = [
  ['at the end of a term', openedElection()],
  ['late', openedElection({ kind: 'LATE', reason: '疫情防控', plannedOn: '2027-06-01' })],
  ['early', openedElection({ kind: 'EARLY', reason: '机构调整', plannedOn: '2026-12-20' })],
  ['of a seat', openedElection({ kind: 'BY_ELECTION', seats: 1, posts: [], termEnd: null, reason: '委员调离' })],
  [
    'of a seat more',
    openedElection({ kind: 'CO_OPTION', seats: 1, posts: [], termEnd: null, reason: '工作需要', consentToEqual: true }),
  ],
  ['of a secretary by a small branch', openedElection({ seats: 0, posts: ['SECRETARY'], fullMembers: 5 })],
  ['by a congress', openedElection({ organisationKind: 'COMMITTEE', body: 'CONGRESS', seats: 5 })],
  ['to its end', fullElection()],
] as const

describe('S0-10 the 37 papers of an election, filled', () => {
  test('S0-10 each of the 37 has its template, and none has two', () => {
    expect(allPapers.map(({ name }) => name)).toEqual([...electionPapers])
  })

  test.each(kinds)(
    'S0-12 an election %s: every paper that it needs is there, with its title and no code on it',
    (_, file) => {
      const needed = papersOf(file)
      expect(needed.length).toBeGreaterThan(20)
      for (const { name } of needed) {
        const said = text(name, file)
        expect([name, said.includes(titleOf(file, name))]).toEqual([name, true])
        expect([name, said.match(/[A-Z][A-Z_]{2,}|\d{4}-\d{2}-\d{2}|undefined|null|NaN|\[object/)?.[0]]).toEqual([
          name,
          undefined,
        ])
      }
    },
  )

  test('S0-12 no paper cites an article: none of what it says was read in the text itself', () => {
    for (const [, file] of kinds)
      for (const { name } of papersOf(file))
        expect([name, text(name, file).match(/第.{1,4}条/)?.[0]]).toEqual([name, undefined])
  })

  test('S0-10 no form is wider than the type area, and every row fills its columns', () => {
    for (const [, file] of kinds)
      for (const { name } of papersOf(file))
        for (const block of fillPaper(name, file).model.blocks) {
          if (block.kind !== 'TABLE') continue
          expect([name, block.columnsMm.reduce((sum, width) => sum + width, 0) <= typeAreaMm.width]).toEqual([
            name,
            true,
          ])
          for (const { cells } of block.rows)
            expect([name, cells.reduce((sum, { columns }) => sum + (columns ?? 1), 0)]).toEqual([
              name,
              block.columnsMm.length,
            ])
        }
  })

  // Written by hand: what an office looks for in the paper, so that a value that a template forgets is missed.
  test.each<[ElectionPaper, string[]]>([
    [
      'WORK_PLAN',
      [
        '2027年3月5日',
        '2027年2月26日',
        '23',
        '委员3',
        '不少于4名',
        '书记1名、副书记1名',
        '2026年12月28日前：换届选举工作方案',
      ],
    ],
    ['ASSEMBLY_REQUEST', ['中共甲街道工作委员会', '签发人：冯建国', '2027年3月5日', '正式党员23名', '2027年1月5日']],
    ['ASSEMBLY_REPLY', ['你们2027年1月5日', '一、同意你们于2027年2月26日', '委员3名', '2027年1月12日']],
    ['NOMINATION_NOTICE', ['2027年2月26日', '应选委员3名', '023-5550 1101']],
    ['GROUP_RECOMMENDATION', ['第一党小组', '第二党小组']],
    ['RECOMMENDATION_SUMMARY', ['2027年1月18日', '党小组2个、党员21名', '赵敏行\n2\n20', '马文静\n2\n16']],
    ['CONSULTATION', ['丁　一', '马文静', '王立新', '赵敏行', '魏长河']],
    [
      'CANDIDATES_REQUEST',
      [
        '预备人选4名（应选3名',
        '丁一、王立新、赵敏行、魏长河',
        '书记候选人预备人选：赵敏行，副书记候选人预备人选：丁一',
        '2027年1月21日',
      ],
    ],
    ['CANDIDATES_REPLY', ['同意丁一、王立新、赵敏行、魏长河为', '2027年1月28日']],
    ['CANDIDATES_INTRODUCTION', ['赵敏行，男，一九八零年生。', '丁　一']],
    ['OPINION_INQUIRY', ['丁一、王立新、赵敏行、魏长河', '中共甲街道工作委员会']],
    ['CANDIDATES_NOTICE', ['2027年1月29日至2027年2月4日', '不少于5个工作日', '023-5550 1101']],
    ['ASSEMBLY_NOTICE', ['2027年2月26日', '社区礼堂', '2027年2月19日', '不能委托他人代为投票']],
    ['AGENDA', ['2027年2月26日', '社区礼堂', '讨论通过选举办法']],
    [
      'CHAIR_SCRIPT',
      [
        '应到会有选举权的党员22名，因故请假2名，实到会有选举权的党员19名，不少于应到会人数的五分之四',
        '进行第八项，介绍',
        '丁一、王立新、赵敏行、魏长河',
        '进行第十三项，宣布当选名单',
      ],
    ],
    ['COMMITTEE_REPORT', ['三年来，支部做了三件实事。', '今后继续努力。', '冯建国']],
    ['DISCIPLINE_REPORT', ['2027年2月26日', '任期内纪律检查工作']],
    ['DUES_REPORT', ['应　收（元）', '冯建国']],
    [
      'ELECTION_METHOD',
      ['委员3名，候选人4名以上', '超过应到会有选举权人数的半数', '不少于应到会人数的五分之四', '二、本次大会'],
    ],
    ['TELLERS_LIST', ['监票人：马文静']],
    ['VOTERS_CONFIRMATION', ['长期卧床或病重', '2025年6月1日', '甲街道工委 2027年2月10日', '家属证明', '22', '23']],
    ['SIGN_IN_SHEET', ['11', '22', '党员22名，实到会19名']],
    ['COMMITTEE_BALLOT', ['差额', '应选支部委员会委员3名', '丁　一', '等于或者少于3名的有效']],
    ['OFFICER_BALLOT', ['等额', '书记　赵敏行', '副书记　丁　一']],
    ['BALLOT_REGISTER', ['委员选举\n22\n19\n19\n19\n18\n1', '书记、副书记选举\n3\n3']],
    ['TALLY_SHEET', ['赵敏行\n16\n0\n1\n是', '王立新\n4\n12\n1\n否', '有效票17张，无效票1张']],
    [
      'RESULT_SHEET',
      ['当选为支部委员会委员的是（以得票多少为序）：赵敏行、丁一、魏长河。', '发出选票19张，收回选票18张'],
    ],
    ['PLENARY_AGENDA', ['2027年2月27日', '应到委员3名', '书记候选人：赵敏行，副书记候选人：丁一']],
    ['PLENARY_RESULT', ['2027年2月27日', '应到会有选举权的委员3名', '书记：赵敏行，副书记：丁一']],
    [
      'RESULT_REQUEST',
      [
        '应到会有选举权的22名，实到会19名',
        '赵敏行、丁一、魏长河',
        '委员报请备案，书记、副书记报请审批。',
        '2027年3月1日',
      ],
    ],
    ['RESULT_REPLY', ['赵敏行、丁一、魏长河为支部委员会委员，准予备案', '同意选举结果：书记：赵敏行', '2027年3月8日']],
    ['FILE_INDEX', ['关于选举结果的批复', '公　　告', '支部委员会委员3名']],
  ])('S0-12 %s holds what an office looks for in it', (name, values) => {
    const said = text(name)
    expect(values.filter(value => !said.includes(value))).toEqual([])
  })

  test.each<[ElectionPaper, ElectionFile, string[]]>([
    ['CHANGED_DAY_REQUEST', kinds[1][1], ['关于延期换届选举的请示', '因疫情防控', '不能按期换届', '2027年6月1日']],
    ['CHANGED_DAY_REPLY', kinds[1][1], ['（同意、不同意）你们延期至2027年6月1日']],
    ['CHANGED_DAY_REQUEST', kinds[2][1], ['关于提前换届选举的请示', '因机构调整', '需要提前换届']],
    [
      'VACANCY_REQUEST',
      kinds[3][1],
      ['关于补选委员的请示', '因委员调离', '补选委员1名', '实行差额选举，候选人不少于2名'],
    ],
    ['VACANCY_REPLY', kinds[3][1], ['补选委员1名']],
    ['VACANCY_REQUEST', kinds[4][1], ['关于增补委员的请示', '增补委员1名', '拟实行等额选举']],
    ['BRANCH_REQUEST', kinds[5][1], ['正式党员5名，不设支部委员会', '直接等额选举书记1名']],
    [
      'ELECTION_METHOD',
      kinds[5][1],
      ['一、根据《中国共产党章程》', '二、本次大会等额选举书记1名', '十三、计票结果', '十四、本办法经'],
    ],
    ['COMMITTEE_REPORT', kinds[5][1], ['党支部工作报告']],
    ['OFFICER_BALLOT', kinds[5][1], ['书记选票（等额）', '应选书记1名']],
    ['RESULT_REQUEST', kinds[5][1], ['召开党员大会进行换届选举', '\n书记报请审批。妥否，请批示。']],
    ['RESULT_REQUEST', kinds[3][1], ['进行补选', '\n委员报请备案。妥否，请批示。']],
    ['CANDIDATES_REQUEST', kinds[3][1], ['本届支部委员会委员候选人']],
    ['CANDIDATES_REQUEST', kinds[0][1], ['新一届支部委员会委员候选人']],
    ['AGENDA', kinds[3][1], ['主持：委员会']],
    ['ASSEMBLY_NOTICE', kinds[6][1], ['关于召开党员代表大会的通知', '各位代表']],
    ['AGENDA', kinds[6][1], ['党员代表大会议程', '大会主席团']],
  ])('S0-12 %s says what kind of election it is: %#', (name, file, values) => {
    const said = text(name, file)
    expect(values.filter(value => !said.includes(value))).toEqual([])
  })
})

describe('S0-12 what is missing of a paper', () => {
  test.each<[ElectionPaper, number, string[]]>([
    ['WORK_PLAN', 1, []],
    ['ASSEMBLY_REQUEST', 1, []],
    ['CANDIDATES_REQUEST', 3, ['candidates', 'proposed', 'recommendedOn']],
    ['CANDIDATES_REQUEST', 4, ['candidates', 'proposed']],
    ['CANDIDATES_REQUEST', 5, []],
    ['CANDIDATES_NOTICE', 7, ['announcedFrom', 'announcedUntil']],
    ['CANDIDATES_NOTICE', 8, []],
    ['VOTERS_CONFIRMATION', 9, ['attendance', 'due']],
    ['VOTERS_CONFIRMATION', 10, []],
    ['RESULT_SHEET', 11, ['committeeBallots', 'elected']],
    ['RESULT_SHEET', 12, []],
    ['BALLOT_REGISTER', 12, ['officerBallots']],
    ['BALLOT_REGISTER', 14, []],
    ['RESULT_REQUEST', 12, ['officers']],
    ['RESULT_REQUEST', 14, []],
  ])('S0-12 of %s after %i facts: %j', (name, n, wanted) => {
    expect(missing(name, electionUntil(n))).toEqual(wanted)
  })

  test('S0-12 who and where it is named as well, and in the end nothing', () => {
    expect(missing('ASSEMBLY_REQUEST', openedElection())).toEqual(['secretary', 'superior'])
    for (const { name } of papersOf(fullElection())) expect([name, missing(name, fullElection())]).toEqual([name, []])
  })
})

describe('S0-12 ballots', () => {
  const names = (name: ElectionPaper, file = fullElection()) =>
    fillPaper(name, file).model.blocks.flatMap(block =>
      block.kind === 'TABLE' ? block.rows.slice(1).map(({ cells }) => cells[0]?.content[0]?.[0] ?? '') : [],
    )

  test('S0-12 the committee’s names stand by the strokes of their surnames, secretary and deputy as was agreed', () => {
    expect(names('COMMITTEE_BALLOT')).toEqual(['丁　一', '王立新', '赵敏行', '魏长河'])
    expect(names('OFFICER_BALLOT')).toEqual(['书记　赵敏行', '副书记　丁　一'])
  })

  test('S0-12 before there are candidates there are lines for one more than there are seats', () => {
    expect(names('COMMITTEE_BALLOT', openedElection())).toEqual(['', '', '', ''])
  })

  test('S0-12 a ballot bears no number, and neither its own page’s', async () => {
    const parts = async (name: ElectionPaper) =>
      Buffer.from(await renderDocx(fillPaper(name, fullElection()).model)).toString('latin1')
    expect((await parts('COMMITTEE_BALLOT')).includes('word/footer')).toBe(false)
    expect((await parts('OFFICER_BALLOT')).includes('word/footer')).toBe(false)
    expect((await parts('TALLY_SHEET')).includes('word/footer')).toBe(true)
  })

  test.each([
    [1, 2, '委员选票（差额）'],
    [1, 1, '委员选票（等额）'],
    [3, 4, '委员选票（差额）'],
    [3, 3, '委员选票（等额）'],
  ])('S0-12 for %i seats and %i candidates it is called %s', (seats, candidates, title) => {
    const file = openedElection({ seats })
    const listed = { on: '2027-01-20', people: people.slice(0, candidates), posts: [] }
    expect(titleOf({ state: { ...file.state, candidates: listed } }, 'COMMITTEE_BALLOT')).toBe(title)
  })
})

describe('S0-12 words of papers', () => {
  test('S0-12 a county’s own quorum and base stand in the method', () => {
    const quorum = { numerator: 2, denominator: 3, operator: 'MORE_THAN' } as const
    const full = fullElection()
    const rules = { ...full.state.rules, quorum, electedBase: 'PRESENT' as const }
    const file = { ...full, state: { ...full.state, rules } }
    expect(text('ELECTION_METHOD', file)).toContain('超过应到会人数的三分之二')
    expect(text('ELECTION_METHOD', file)).toContain('超过实到会有选举权人数的半数')
    expect(quorumWord(usualCountRules.quorum, '应到会人数')).toBe('不少于应到会人数的五分之四')
  })

  test.each([
    [0, '〇'],
    [9, '九'],
    [10, '十'],
    [11, '十一'],
    [19, '十九'],
    [20, '二十'],
    [21, '二十一'],
    [99, '九十九'],
  ])('S0-12 %i is written %s', (n, written) => expect(numeral(n)).toBe(written))

  test('S0-12 seats that were left open stay in the request, and the result has those that were filled', () => {
    const file = fullElection()
    const fewer = { ...file, state: { ...file.state, seats: 2, elected: file.state.elected.slice(0, 2) } }
    expect(text('ASSEMBLY_REQUEST', fewer)).toContain('拟设委员3名')
    expect(text('RESULT_REQUEST', fewer)).toContain('委员2名')
  })

  test('S0-10 the same election gives the same file', async () => {
    const [one, other] = [
      await renderDocx(fillPaper('AGENDA', fullElection()).model),
      await renderDocx(fillPaper('AGENDA', fullElection()).model),
    ]
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
    expect(paperTitle('AGENDA', fullElection().state)).toBe('党员大会议程')
  })
})
