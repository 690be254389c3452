import { foldCode, readDate, readYuan, tidy } from '@linghang/rosters'
import type { StatementKey } from './columns.ts'

/** A line of a bank's statement as it is meant; above 0 what came, below it what went. */
export type StatementLine = {
  bookedOn: string
  amountFen: bigint
  balanceFen: bigint | null
  other: string
  otherNumber: string
  words: string
  serial: string
}
/** Why a line cannot be read, with what was found. */
export type LineFault = { wanted: string; wantedZh: string; found: string }

/** Below the lines stand sums, which are nobody's money. */
const sums = /合计|总计|小计|本页|期末|笔数|打印|制表/

const isNothing = (cell: string) => /^[-—–/]*$/.test(foldCode(cell))

/** @returns null where it is no amount; 0n where the cell is blank */
function fenOf(cell: string): bigint | null {
  if (isNothing(cell)) return 0n
  const folded = foldCode(cell).replace(/[−–—]/g, '-')
  const negative = /^-|^\(.*\)$/.test(folded)
  const plain = folded.replace(/^[-+]/, '').replace(/^\((.*)\)$/, '$1')
  const fen = readYuan(plain).value
  return fen === undefined ? null : negative ? -fen : fen
}

const outgoing = /^(借|支出|支|付|出|D|DR|DEBIT|-)$/i
const incoming = /^(贷|收入|收|入|C|CR|CREDIT|\+)$/i

/** What came or went, by debit and credit, or by one sum with a sign or a word for the direction; null where that is not said. */
function amountOf({ credit, debit, amount, direction }: Record<StatementKey, string>): bigint | null {
  const [came, went, moved] = [fenOf(credit), fenOf(debit), fenOf(amount)]
  if (came === null || went === null || moved === null) return null
  if (
    (came !== 0n && went !== 0n) ||
    (moved !== 0n && (came !== 0n || went !== 0n) && moved !== came && moved !== went)
  )
    return null
  if (came !== 0n || went !== 0n) return came - went
  const said = foldCode(direction).replace(/[方记]$/, '')
  if (said === '') return moved === 0n ? null : moved
  if (moved < 0n) return outgoing.test(said) ? moved : null
  if (outgoing.test(said)) return -moved
  return incoming.test(said) && moved !== 0n ? moved : null
}

/** A line of a statement; null for one of sums or notes below the lines; or what is wrong with it. */
export function readLine(cells: Record<StatementKey, string>): StatementLine | LineFault | null {
  const date = readDate(cells.bookedOn)
  const whole = Object.values(cells).join(' ')
  if (date.value === undefined) {
    if (sums.test(whole)) return null
    return { wanted: 'a date such as 2026-11-28', wantedZh: '日期，如 2026-11-28', found: cells.bookedOn }
  }
  const amountFen = amountOf(cells)
  if (amountFen === null || amountFen === 0n) {
    const found = [cells.credit, cells.debit, cells.amount, cells.direction]
      .filter(cell => cell.trim() !== '')
      .join(' / ')
    return { wanted: 'what came or what went, one of both', wantedZh: '收入或支出金额，只有其一', found }
  }
  const balanceFen = fenOf(cells.balance)
  if (balanceFen === null) return { wanted: 'an amount', wantedZh: '金额', found: cells.balance }
  return {
    ...{ bookedOn: date.value, amountFen, balanceFen: isNothing(cells.balance) ? null : balanceFen },
    ...{ other: tidy(cells.other), otherNumber: foldCode(cells.otherNumber), serial: foldCode(cells.serial) },
    words: [cells.summary, cells.purpose, cells.remark]
      .map(tidy)
      .filter(text => text !== '')
      .join(' · '),
  }
}
