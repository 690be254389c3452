import writeXlsxFile, { type Cell, type Row, type Sheet } from 'write-excel-file/node'
import { writtenDay, yuanOf } from '../receipts/figures.ts'
import { type BoundBook, isTold, monthName, partName, partsOf, sidesOf } from './bound-book.ts'
import { bankNameOf, reasonNameOf, useNameOf, wordsOf } from './words.ts'

const head = (...texts: readonly string[]): Row => texts.map(value => ({ value, fontWeight: 'bold' as const }))
const text = (value: string): Cell => ({ value, type: String, format: '@' })
/** A sum as a number of yuan. */
const money = (fen: bigint): Cell => ({ value: yuanOf(fen), type: Number, format: '#,##0.00' })
const orNothing = (fen: bigint): Cell => (fen === 0n ? null : money(fen))
const widths = (...characters: readonly number[]) => characters.map(width => ({ width }))

function summary({ book, orgName, bank, closed, madeOn }: BoundBook): Sheet<never> {
  const parts = partsOf(book).filter(isTold)
  return {
    sheet: '汇总',
    columns: widths(36, 16, 16, 16, 16, 16),
    data: [
      head('党费账簿'),
      [text('党组织'), text(orgName)],
      [text('期间'), text(`${writtenDay(book.from)}至${writtenDay(book.until)}`)],
      [text('结账'), text(closed ? '各月已结账' : '尚有月份未结账')],
      ...(bank === null ? [] : [[text('开户银行'), text(`${bankNameOf(bank.bank)}，尾号 ${bank.bankDigits}`)]]),
      [text('制表日期'), text(madeOn)],
      [text('单位'), text('元；负数为红字冲销')],
      [],
      head('账户', '期初余额', '本期收入', '本期支出', '期末余额', '其中预留'),
      ...parts.map(part => [
        text(partName(part)),
        ...[part.openingFen, part.inFen, part.outFen, part.closingFen, part.heldFen].map(money),
      ]),
      [],
      head('账户', '事由', '收入', '支出'),
      ...parts.flatMap(part =>
        sidesOf(part.byReason).map(({ reason, side, amountFen }) => [
          text(partName(part)),
          text(reasonNameOf(reason, side)),
          ...(['IN', 'OUT'] as const).map(one => (one === side ? money(amountFen) : null)),
        ]),
      ),
      [],
      head('账户', '用途', '支出'),
      ...parts.flatMap(part =>
        part.byUse.map(({ use, amountFen }) => [text(partName(part)), text(useNameOf(use)), money(amountFen)]),
      ),
    ],
  }
}

const details = ({ book, lines }: BoundBook): Sheet<never> => ({
  sheet: '明细',
  stickyRowsCount: 1,
  columns: widths(20, 12, 48, 28, 14, 14, 16),
  data: [
    head('账户', '日期', '摘要', '凭证号', '收入', '支出', '余额'),
    ...partsOf(book)
      .filter(isTold)
      .flatMap(part => [
        [text(partName(part)), null, text('期初余额'), null, null, null, money(part.openingFen)],
        ...(lines.get(part.accountId) ?? []).map(line => [
          ...[text(partName(part)), text(line.countsOn), text(wordsOf(line)), text(line.evidence.join('、'))],
          ...[orNothing(line.inFen), orNothing(line.outFen), money(line.balanceFen)],
        ]),
      ]),
  ],
})

const months = ({ book }: BoundBook): Sheet<never> => ({
  sheet: '逐月',
  stickyRowsCount: 1,
  columns: widths(20, 12, 16, 16, 16, 16),
  data: [
    head('账户', '月份', '月初余额', '收入', '支出', '月末余额'),
    ...partsOf(book)
      .filter(isTold)
      .flatMap(part =>
        part.months.map(month => [
          ...[text(partName(part)), text(monthName(month))],
          ...[month.openingFen, month.inFen, month.outFen, month.closingFen].map(money),
        ]),
      ),
  ],
})

const held = ({ book }: BoundBook): Sheet<never> => ({
  sheet: '期末预留',
  stickyRowsCount: 1,
  columns: widths(20, 14, 14, 16),
  data: [
    head('账户', '预留日期', '失效日期', '金额'),
    ...partsOf(book).flatMap(part =>
      part.holds.map(({ heldOn, lapsesOn, amountFen }) => [
        ...[text(partName(part)), text(heldOn), text(lapsesOn), money(amountFen)],
      ]),
    ),
  ],
})

/** A treasurer's book as a workbook: sums, entries, months, what is held. Texts are texts: none becomes a formula. */
export const bookWorkbook = (bound: BoundBook): Promise<Uint8Array> =>
  writeXlsxFile([summary(bound), details(bound), months(bound), held(bound)]).toBuffer()
