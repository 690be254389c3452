import { type DocumentModel, label, note, plain, row, signature, table, title, value } from '@linghang/documents'
import { reasonNameOf, useNameOf } from '../books/words.ts'
import type { YearStatement } from '../books/year-statement.ts'
import { inFigures, writtenDay } from '../receipts/figures.ts'
import { type Publication, type PublishedContent, readFrozen } from './publication.ts'

/** What came in, what went out and for what, as a table. */
const statementTable = ({ openingFen, incomes, outgoes, uses, closingFen }: YearStatement) => {
  const line = (name: string, fen: bigint) => row(10, value(name), value(inFigures(fen)))
  return table(
    [96, 60],
    row(10, label('项目'), label('金额（元）')),
    line('上年结存', openingFen),
    ...incomes.map(({ reason, amountFen }) => line(`收入：${reasonNameOf(reason, 'IN')}`, amountFen)),
    ...outgoes.map(({ reason, amountFen }) =>
      line(`支出：${reason === 'SPENT' ? '使用' : reasonNameOf(reason, 'OUT')}`, amountFen),
    ),
    ...uses.map(({ use, amountFen }) => line(`其中：${useNameOf(use)}`, amountFen)),
    line('年末结存', closingFen),
  )
}

/** How dues were collected, in a sentence. */
const collectionWords = ({ collection }: YearStatement): string => {
  const { members, bills, settledBills, dueFen, waivedFen, paidFen } = collection
  return `全年应交党费的党员 ${members} 名，应交 ${bills} 人次共 ${inFigures(dueFen)} 元，减免 ${inFigures(waivedFen)} 元，已交 ${inFigures(paidFen)} 元，足额交清 ${settledBills} 人次。`
}

/** A publication as it is put up (党务公开). Who paid what, where it is told at all, is read in the app: names stand in the members service. */
export function publicationDocument(publication: Publication): DocumentModel {
  const { orgName, year, edition, reason, remarks, publishedOn, content, contentHash } = publication
  const told = readFrozen<PublishedContent>(content)
  const name = `${year}年度党费收缴、使用情况公示`
  return {
    ...{ template: 'dues-publication', title: name, layout: 'NOTICE', redHead: null },
    blocks: [
      title(name),
      plain(collectionWords(told)),
      statementTable(told),
      ...(remarks === null ? [] : [plain(remarks)]),
      ...(reason === null ? [] : [note(`本公示为第 ${edition} 版，更正前一版：${reason}`)]),
      note(`内容校验码（SHA-256）：${Buffer.from(contentHash).toString('hex')}`),
      signature(orgName, [writtenDay(publishedOn)]),
    ],
  }
}
