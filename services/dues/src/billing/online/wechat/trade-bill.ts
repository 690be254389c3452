import type { BillRow, TradeBill } from '../payment-provider.ts'

/** Columns by their names in the file, since new ones are put in from time to time. */
const columns = {
  ...{ tradeNo: '微信订单号', orderNo: '商户订单号', state: '交易状态', refundNo: '商户退款单号' },
  ...{ attach: '商户数据包', fee: '手续费', paid: '订单金额', refundWanted: '申请退款金额' },
} as const
const totals = { count: '总交易单数', paid: '订单总金额', refunded: '申请退款总金额', fee: '手续费总金额' } as const

/** Every value has a backtick before it, so that no spreadsheet reads a long number as one; one within a text stays. */
const cellsOf = (line: string): string[] => line.split(/,(?=`)/).map(cell => cell.replace(/^`/, '').trim())

/** Yuan with up to five decimals, in thousandths of a fen; null where it is none. */
export function milliFenOf(text: string): bigint | null {
  const found = /^(-?)(\d{1,12})(?:\.(\d{1,5}))?$/.exec(text)
  if (!found) return null
  const [, sign, yuan = '', decimals = ''] = found
  const milliFen = BigInt(yuan) * 100_000n + BigInt(decimals.padEnd(5, '0'))
  return sign ? -milliFen : milliFen
}

/**
 * The daily bill of all trades as it is downloaded: rows, then a line of sums that has to agree with them.
 * @returns null where it is not one, is cut off, or does not agree with its own sums
 */
export function readTradeBill(text: string, day: string): TradeBill | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
  const [header = '', ...rest] = lines
  const [sumHeader, sums] = rest.slice(-2)
  if (sumHeader === undefined || sums === undefined) return null
  const at = placesOf(header, columns)
  const sumAt = placesOf(sumHeader, totals)
  if (!at || !sumAt) return null
  const rows = rest.slice(0, -2).map(line => rowOf(cellsOf(line), at))
  if (!rows.every(row => row !== null)) return null
  const cells = cellsOf(sums)
  const agrees = (name: keyof typeof totals, found: bigint) => milliFenOf(cells[sumAt[name]] ?? '') === found
  const sumOf = (kind: BillRow['kind']) =>
    rows.reduce((sum, row) => (row.kind === kind ? sum + row.amountFen * 1000n : sum), 0n)
  const fees = rows.reduce((sum, { feeMilliFen }) => sum + feeMilliFen, 0n)
  const whole = cells[sumAt.count] === `${rows.length}` && agrees('paid', sumOf('PAID'))
  return whole && agrees('refunded', sumOf('REFUNDED')) && agrees('fee', fees) ? { day, rows } : null
}

function placesOf<Name extends string>(header: string, names: Readonly<Record<Name, string>>) {
  const found = header.split(',').map(name => name.replace(/^`/, '').trim())
  const places = Object.entries<string>(names).map(([name, column]) => [name, found.indexOf(column)] as const)
  return places.every(([, place]) => place >= 0) ? (Object.fromEntries(places) as Record<Name, number>) : null
}

function rowOf(cells: readonly string[], at: Record<keyof typeof columns, number>): BillRow | null {
  const text = (name: keyof typeof columns) => cells[at[name]] ?? ''
  const kind = text('state') === 'SUCCESS' ? 'PAID' : text('state') === 'REFUND' ? 'REFUNDED' : null
  const milliFen = milliFenOf(text(kind === 'REFUNDED' ? 'refundWanted' : 'paid'))
  const feeMilliFen = milliFenOf(text('fee'))
  // Money is whole fen; only the fee has parts of one.
  if (kind === null || feeMilliFen === null || milliFen === null || milliFen < 0n || milliFen % 1000n !== 0n)
    return null
  if (text('orderNo') === '' || text('tradeNo') === '') return null
  return {
    ...{ kind, orderNo: text('orderNo'), tradeNo: text('tradeNo'), attach: text('attach') },
    ...{ refundNo: kind === 'REFUNDED' ? text('refundNo') : null, amountFen: milliFen / 1000n, feeMilliFen },
  }
}
