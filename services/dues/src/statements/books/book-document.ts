import {
  blank,
  type DocumentModel,
  heading,
  label,
  note,
  row,
  signature,
  table,
  title,
  value,
} from '@linghang/documents'
import { inFigures, writtenDay } from '../receipts/figures.ts'
import type { BookPart } from './book.ts'
import { type BoundBook, isTold, partName, partsOf, sidesOf } from './bound-book.ts'
import { bankNameOf, reasonNameOf, useNameOf, wordsOf } from './words.ts'

const left = (...lines: readonly string[]) => ({ content: lines.map(line => [line]), align: 'LEFT' as const })

const totalsOf = ({ openingFen, inFen, outFen, closingFen, heldFen }: BookPart) =>
  table(
    [30, 32, 32, 30, 32],
    row(10, ...['期初余额', '本期收入', '本期支出', '期末余额', '其中预留'].map(text => label(text))),
    row(10, ...[openingFen, inFen, outFen, closingFen, heldFen].map(fen => value(inFigures(fen)))),
  )

const sumsOf = ({ byReason, byUse }: BookPart) =>
  table(
    [62, 47, 47],
    row(10, label('事由'), label('收入（元）'), label('支出（元）')),
    ...sidesOf(byReason).map(({ reason, side, amountFen }) =>
      row(
        10,
        value(reasonNameOf(reason, side)),
        ...(['IN', 'OUT'] as const).map(one => value(one === side ? inFigures(amountFen) : '')),
      ),
    ),
    ...byUse.map(({ use, amountFen }) =>
      row(10, value(`其中：${useNameOf(use)}`), value(''), value(inFigures(amountFen))),
    ),
  )

const linesOf = ({ lines }: BoundBook, { accountId, openingFen, closingFen }: BookPart) =>
  table(
    [24, 54, 26, 26, 26],
    row(10, ...['日期', '摘要、凭证号', '收入（元）', '支出（元）', '余额（元）'].map(text => label(text))),
    row(8, value(''), left('期初余额'), value(''), value(''), value(inFigures(openingFen))),
    ...(lines.get(accountId) ?? []).map(line =>
      row(
        8,
        value(line.countsOn),
        left(wordsOf(line), ...(line.evidence.length === 0 ? [] : [`凭证：${line.evidence.join('、')}`])),
        ...[line.inFen, line.outFen].map(fen => value(fen === 0n ? '' : inFigures(fen))),
        value(inFigures(line.balanceFen)),
      ),
    ),
    row(8, value(''), left('期末余额'), value(''), value(''), value(inFigures(closingFen))),
  )

/** A treasurer's book as it is printed, signed and handed to whoever audits. */
export function bookDocument(bound: BoundBook): DocumentModel {
  const { book, orgName, bank, closed, madeOn } = bound
  return {
    ...{ template: 'dues-book', title: '党费账簿', layout: 'FORM', redHead: null },
    blocks: [
      title('党费账簿'),
      note(`${orgName}，${writtenDay(book.from)}至${writtenDay(book.until)}`),
      note(
        closed
          ? '本期各月已结账，账目不再变动。红字（负数）为冲销。'
          : '本期尚有月份未结账，账目可能变动。红字（负数）为冲销。',
      ),
      ...(bank === null ? [] : [note(`开户银行：${bankNameOf(bank.bank)}，尾号 ${bank.bankDigits}`)]),
      ...partsOf(book)
        .filter(isTold)
        .flatMap(part => [heading(partName(part)), totalsOf(part), sumsOf(part), linesOf(bound, part)]),
      table(
        [26, 26, 26, 26, 26, 26],
        row(12, ...['负责人', '会计', '出纳'].flatMap(who => [label(who), value(blank(5))])),
      ),
      signature(`${orgName}（盖章）`, [writtenDay(madeOn)]),
    ],
  }
}
