import { blank, type DocumentModel, label, note, row, signature, table, title, value } from '@linghang/documents'
import { inCapitals } from '@linghang/rulebook'
import { inFigures, writtenDay } from './figures.ts'
import { type Receipt, type ReceiptLine, receiptState, writtenNumber } from './receipt.ts'

const itemNames = { ADVANCE: '预交党费', VOLUNTARY: '自愿多交党费', LARGE: '大额党费' } as const
const lineName = ({ item, month }: ReceiptLine): string =>
  item === 'DUES' ? `${(month as string).slice(0, 4)}年${Number((month as string).slice(5, 7))}月党费` : itemNames[item]

/** What it is called; and of a large due whose money it is, and from whom the member has the receipt for it. */
const kinds = {
  DUES: { name: '党费收据', template: 'dues-receipt', said: null },
  LARGE: {
    ...{ name: '大额党费代收凭证', template: 'large-dues-receipt' },
    said: '党员自愿一次多交纳1000元以上的党费，由基层党委代收，全部上缴中央，由中央组织部给本人出具收据（党费规定第十一条）。本凭证不代替该收据。',
  },
} as const

const marks = {
  VALID: null,
  TO_VOID: '所列党费已冲销，本收据应收回作废。',
  VOIDED: '本收据已作废。',
} as const

/**
 * A receipt as it is printed. Who paid is left to be written in: names stand in the register of members, and nowhere here.
 */
export function receiptDocument(receipt: Receipt, lines: readonly ReceiptLine[]): DocumentModel {
  const { fromOn, untilOn, amountFen, orgName, issuedOn, voidReason } = receipt
  const kind = kinds[receipt.kind]
  const mark = marks[receiptState(receipt)]
  const received = fromOn === untilOn ? writtenDay(fromOn) : `${writtenDay(fromOn)}至${writtenDay(untilOn)}`
  return {
    ...{ template: kind.template, title: kind.name, layout: 'FORM', redHead: null },
    blocks: [
      title(kind.name),
      ...(mark === null ? [] : [note(`【作废】${mark}${voidReason === null ? '' : `原因：${voidReason}`}`)]),
      note(`编号：${writtenNumber(receipt)}`),
      table(
        [36, 60, 60],
        row(12, label('交款人'), value(blank(16), { columns: 2 })),
        row(12, label('收款日期'), value(received, { columns: 2 })),
        row(10, label('项目'), label('金额（元）', { columns: 2 })),
        ...lines.map(line => row(10, value(lineName(line)), value(inFigures(line.amountFen), { columns: 2 }))),
        row(12, label('合计（大写）'), value(`人民币${inCapitals(amountFen)}`, { columns: 2 })),
        row(12, label('合计（小写）'), value(`￥${inFigures(amountFen)}`, { columns: 2 })),
        row(12, label('收款人'), value(blank(8)), value('经手人：')),
      ),
      ...(kind.said === null ? [] : [note(kind.said)]),
      signature(`${orgName}（盖章）`, [writtenDay(issuedOn)]),
    ],
  }
}
