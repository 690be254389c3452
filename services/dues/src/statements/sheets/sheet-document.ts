import {
  blank,
  blankDate,
  type DocumentModel,
  label,
  note,
  row,
  signature,
  table,
  title,
  value,
} from '@linghang/documents'
import { inFigures, writtenDay } from '../receipts/figures.ts'

/** What stands on a member's sheet of the yearly fixing (党费核定表). */
export type Sheet = {
  year: number
  orgName: string
  /** From which month on, as its first day. */
  fromMonth: string
  /** Null where the category needs none. */
  baseFen: bigint | null
  dueFen: bigint
  /** How it was worked out, with article; null for whoever does not see what the member receives. */
  explained: string | null
  /** Which version is signed: what is recorded of the sheet names it. */
  version: number
  printedOn: string
}

const writtenMonth = (day: string): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月`

/**
 * A member's sheet of the yearly fixing, to be signed where it is confirmed on paper. A sheet for each: nobody reads on it what
 * another has. Who signs writes the name: names stand in the register of members, and nowhere here.
 */
export function sheetDocument(sheet: Sheet): DocumentModel {
  const { year, orgName, fromMonth, baseFen, dueFen, explained, version, printedOn } = sheet
  const whole = { columns: 3 }
  return {
    ...{ template: 'dues-fixing-sheet', title: '党费核定表', layout: 'FORM', redHead: null },
    blocks: [
      title(`${year}年党费核定表`),
      table(
        [36, 40, 40, 40],
        row(12, label('姓名'), value(blank(10)), label('所在党支部'), value(orgName)),
        row(12, label('执行时间'), value(`${writtenMonth(fromMonth)}起`), label('核定版本'), value(`第${version}版`)),
        row(
          12,
          label('计算基数（元）'),
          value(baseFen === null ? '无' : inFigures(baseFen)),
          label('每月交纳（元）'),
          value(inFigures(dueFen)),
        ),
        ...(explained === null ? [] : [row(24, label('计算说明'), value(explained, whole))]),
        row(16, label('本人确认'), value(['以上核定无误。签名：', blank(10)], whole)),
        row(16, label('日期'), value(blankDate, whole)),
      ),
      note('党费每年年初核定，年内一般不变（组电明字〔2017〕5号一（1））；由党支部提出、本人确认、基层党委审核。'),
      signature(`${orgName}（盖章）`, [writtenDay(printedOn)]),
    ],
  }
}
