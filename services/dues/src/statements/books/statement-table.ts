import { label, row, table, value } from '@linghang/documents'
import { inFigures } from '../receipts/figures.ts'
import { reasonNameOf, useNameOf } from './words.ts'
import type { YearStatement } from './year-statement.ts'

/** What came in, what went out and for what, as a table. */
export const statementTable = ({ openingFen, incomes, outgoes, uses, closingFen }: YearStatement) => {
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
export const collectionWords = ({ collection }: YearStatement): string => {
  const { members, bills, settledBills, dueFen, waivedFen, paidFen } = collection
  return `全年应交党费的党员 ${members} 名，应交 ${bills} 人次共 ${inFigures(dueFen)} 元，减免 ${inFigures(waivedFen)} 元，已交 ${inFigures(paidFen)} 元，足额交清 ${settledBills} 人次。`
}
