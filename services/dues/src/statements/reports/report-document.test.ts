import { expect, test } from '@jest/globals'
import { textOf } from '@linghang/documents'
import { frozen, yearStatementOf } from '../books/year-statement.ts'
import type { Report } from './report.ts'
import { reportDocument } from './report-document.ts'

const collection = { members: 2, bills: 24, settledBills: 23, dueFen: 480n, waivedFen: 0n, paidFen: 460n }
const sums = [
  { month: '2025-01-01', reason: 'DUES_PAID' as const, use: null, inFen: 460n, outFen: 0n, entries: 1 },
  { month: '2025-01-01', reason: 'SPENT' as const, use: 'FLAGS' as const, inFen: 0n, outFen: 120n, entries: 1 },
]
const report = (content: object): Report => ({
  ...{ id: 'r', orgId: 'o', superiorId: 's', year: 2025, edition: 1, orgName: '某街道党工委' },
  ...{ content: frozen(content), contentHash: Buffer.from('ab', 'hex'), submittedOn: '2026-01-20' },
  ...{ submittedAt: new Date(0), submittedBy: null, returnedOn: null, returnedAt: null, returnReason: null },
})

test('S0-24 a yearly report has its four contents, two of them from the books', () => {
  const said = { experience: '按月收缴\n专人记账', proposals: '加强提醒' }
  const text = textOf(reportDocument(report({ ...yearStatementOf(2025, sums, collection), ...said }), '某区委'))
  for (const part of [
    ...[
      '关于2025年度党费收缴、使用和管理情况的报告',
      '某区委：',
      '一、党费收缴、使用和结存的数额',
      '应交 24 人次共 4.80 元',
    ],
    ...['二、党费开支的主要项目', '党旗、党徽 1.20 元。', '三、党费工作的做法、经验和存在的问题', '专人记账'],
    ...['四、改进的意见和建议', '加强提醒', '年末结存\n3.40', '2026年1月20日'],
  ])
    expect(text).toContain(part)
  const none = reportDocument(report({ ...yearStatementOf(2025, [], collection), ...said }), '某区委')
  expect(textOf(none)).toContain('本年度没有使用党费')
  const returned = {
    ...report({ ...yearStatementOf(2025, [], collection), ...said }),
    returnedAt: new Date(0),
    returnReason: '漏报',
  }
  expect(textOf(reportDocument(returned, '某区委'))).toContain('【已退回】漏报')
})
