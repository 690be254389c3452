import { type DocumentModel, note, plain, signature, title } from '@linghang/documents'
import { collectionWords, statementTable } from '../books/statement-table.ts'
import { readFrozen } from '../books/year-statement.ts'
import { writtenDay } from '../receipts/figures.ts'
import type { Publication, PublishedContent } from './publication.ts'

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
