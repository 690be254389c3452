import {
  type Block,
  type DocumentModel,
  heading,
  label,
  note,
  plain,
  row,
  table,
  title,
  value,
} from '@linghang/documents'
import { meetingKindRules } from '@linghang/rulebook'
import { inWords } from '../ledgers/ledger.ts'
import type { LifeYear } from './life-year.ts'

const left = (...lines: readonly string[]) => ({ content: lines.map(line => [line]), align: 'LEFT' as const })
const kindName = (kind: keyof typeof meetingKindRules): string => meetingKindRules[kind].name.zh
const everyNames = { MONTH: '每月', QUARTER: '每季度', YEAR: '每年' } as const
const progressNames = { HELD: '已开', TO_COME: '未到', DUE: '待开', MISSED: '未开' } as const

const documentOf = (template: string, name: string, { organisation, year }: LifeYear, blocks: readonly Block[]) =>
  ({
    ...{ template, title: name, layout: 'FORM', redHead: null },
    blocks: [title(name), note(`${organisation.name}，${year}年`), ...blocks],
  }) satisfies DocumentModel

const tableOr = (none: string, columnsMm: number[], names: readonly string[], rows: ReturnType<typeof row>[]): Block =>
  rows.length === 0 ? plain(none) : table(columnsMm, row(10, ...names.map(name => label(name))), ...rows)

/** What is in the archive, each file with its hash: a page of it is looked up by number. */
export const indexDocument = (
  year: LifeYear,
  entries: readonly { date: string; kind: string; name: string; versions: string; sha256: string }[],
): DocumentModel =>
  documentOf('life-archive-index', '组织生活档案目录', year, [
    tableOr(
      '本年没有归档材料。',
      [14, 24, 28, 46, 44],
      ['序号', '日期', '类别', '文件', '版本、SHA-256'],
      entries.map(({ date, kind, name, versions, sha256 }, i) =>
        row(
          8,
          value(String(i + 1)),
          value(date),
          value(kind),
          left(name),
          left(versions, sha256.slice(0, 32), sha256.slice(32)),
        ),
      ),
    ),
    note('各文件的完整 SHA-256 另见 SHA256SUMS。'),
  ])

/** What was due, held and missing, and how many remarks are open. */
export const ledgerDocument = (year: LifeYear): DocumentModel =>
  documentOf('life-archive-ledger', '组织生活台账', year, [
    plain(year.ledger === null ? '没有台账。' : inWords(year.ledger)),
    tableOr(
      '没有应开展的组织生活。',
      [40, 20, 18, 18, 18, 42],
      ['类别', '频次', '应开', '已开', '另开', '未开'],
      (year.ledger?.lines ?? []).map(({ kind, every, due, held, more, missing }) =>
        row(
          8,
          ...[value(kindName(kind)), value(everyNames[every]), ...[due, held, more].map(n => value(String(n)))],
          left(missing.map(({ from, until }) => `${from}至${until}`).join('；') || '无'),
        ),
      ),
    ),
    plain(`未办结的上级意见 ${year.openRemarks} 条。`),
  ])

const planStates = { DRAFT: '未报备', FILED: '已报备', APPROVED: '已审批' } as const

/** The plans of the year, meeting by meeting, beside what was held. */
export const plansDocument = (year: LifeYear): DocumentModel =>
  documentOf(
    'life-archive-plans',
    '组织生活方案与开展情况',
    year,
    year.plans.length === 0
      ? [plain('本年没有方案。')]
      : year.plans.flatMap(({ plan, entries }): Block[] => [
          heading(`${plan.fromDay} 至 ${plan.untilDay}（${planStates[plan.state]}）`),
          tableOr(
            '没有会议。',
            [26, 36, 70, 24],
            ['日期', '类别', '议题', '情况'],
            entries.map(({ onDay, kind, topics, progress }) =>
              row(
                8,
                ...[value(onDay), value(kindName(kind)), left(topics.map(({ text }) => text).join('；') || '—')],
                value(progressNames[progress.state]),
              ),
            ),
          ),
        ]),
  )

/** What was to be mended after criticism meetings, and what came of it. Whose it was, the branch knows. */
export const measuresDocument = (year: LifeYear): DocumentModel =>
  documentOf('life-archive-measures', '组织生活会整改清单', year, [
    tableOr(
      '本年没有整改措施。',
      [24, 40, 44, 22, 26],
      ['会议日期', '问题', '整改措施', '时限', '完成情况'],
      year.meetings.flatMap(({ meeting, measures }) =>
        measures.map(({ problem, measure, dueOn, doneOn, outcome }) =>
          row(
            8,
            ...[value(meeting.heldOn), left(problem), left(measure), value(dueOn)],
            left(doneOn === null ? '未完成' : `${doneOn}：${outcome}`),
          ),
        ),
      ),
    ),
  ])

/** How many were graded: who got which grade stands in the branch's own record, and in nobody's archive. */
export const appraisalsDocument = (year: LifeYear): DocumentModel =>
  documentOf('life-archive-appraisals', '民主评议党员结果', year, [
    tableOr(
      '本年没有民主评议。',
      [52, 52, 52],
      ['会议日期', '确定等次人数', '其中优秀'],
      year.meetings.flatMap(({ meeting, grades }) =>
        grades === null
          ? []
          : [row(8, value(meeting.heldOn), ...[grades.graded, grades.excellent].map(n => value(`${n} 人`)))],
      ),
    ),
  ])

/** What those above said of the records, and what the branch answered. */
export const remarksDocument = (year: LifeYear): DocumentModel =>
  documentOf('life-archive-remarks', '上级意见与答复', year, [
    tableOr(
      '本年没有上级意见。',
      [24, 50, 56, 26],
      ['会议日期', '意见', '答复', '办结'],
      year.meetings.flatMap(({ meeting, remarks }) =>
        remarks.map(({ text, answers, state, settledNote }) =>
          row(
            8,
            ...[
              value(meeting.heldOn),
              left(text),
              left(...(answers.length > 0 ? answers.map(one => one.text) : ['未答复'])),
            ],
            left(state === 'SETTLED' ? (settledNote ?? '已办结') : '未办结'),
          ),
        ),
      ),
    ),
  ])
