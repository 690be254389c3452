import { addressee, type DocumentModel, heading, note, plain, signature, title } from '@linghang/documents'
import { collectionWords, statementTable } from '../books/statement-table.ts'
import { useNameOf } from '../books/words.ts'
import { readFrozen } from '../books/year-statement.ts'
import { inFigures, writtenDay } from '../receipts/figures.ts'
import { type Report, type ReportContent, reportState } from './report.ts'

/** A yearly report as it goes to the level above: its four contents one after the other. */
export function reportDocument(report: Report, superiorName: string): DocumentModel {
  const { year, orgName, content, contentHash, submittedOn, returnReason } = report
  const told = readFrozen<ReportContent>(content)
  const name = `关于${year}年度党费收缴、使用和管理情况的报告`
  const uses = told.uses.map(({ use, amountFen }) => `${useNameOf(use)} ${inFigures(amountFen)} 元`)
  return {
    ...{ template: 'dues-report', title: name, layout: 'LETTER', redHead: null },
    blocks: [
      title(name),
      ...(reportState(report) === 'RETURNED' ? [note(`【已退回】${returnReason ?? ''}`)] : []),
      addressee(superiorName),
      heading('一、党费收缴、使用和结存的数额'),
      plain(collectionWords(told)),
      statementTable(told),
      heading('二、党费开支的主要项目'),
      plain(uses.length === 0 ? '本年度没有使用党费。' : `${uses.join('；')}。`),
      heading('三、党费工作的做法、经验和存在的问题'),
      ...told.experience.split('\n').map(plain),
      heading('四、改进的意见和建议'),
      ...told.proposals.split('\n').map(plain),
      note(`内容校验码（SHA-256）：${Buffer.from(contentHash).toString('hex')}`),
      signature(orgName, [writtenDay(submittedOn)]),
    ],
  }
}
