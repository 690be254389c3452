import { randomInt } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

/** An order as the provider keeps it; amounts in fen. */
export interface SandboxOrder {
  orderNo: string
  state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED' | 'PAYERROR'
  totalFen: number
  description: string
  attach: string
  notifyUrl: string
  tradeType: 'NATIVE' | 'JSAPI'
  openId: string
  /** What the payer is given: a code to scan, or what a page asks for. */
  token: string
  expiresAt: string
  tradeNo: string | null
  paidAt: string | null
}

export interface SandboxRefund {
  refundNo: string
  refundId: string
  orderNo: string
  state: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED'
  refundFen: number
  totalFen: number
  notifyUrl: string
  createdAt: string
}

/** A difference that is planted in the bill of a day. */
export interface BillChange {
  orderNo: string
  change: 'MISSING' | 'EXTRA' | 'AMOUNT' | 'REFUNDED'
  amountFen: number
  attach: string
}

/** Digits as the provider's own numbers have them. */
export const newNumber = (prefix: string): string =>
  prefix + Array.from({ length: 28 - prefix.length }, () => randomInt(10)).join('')

/** Orders and refunds in a file, so that they outlive the process, however it ended. */
export const openBook = (path: string) => {
  const db = new DatabaseSync(path)
  db.exec(`pragma journal_mode = wal;
    create table if not exists thing (kind text, id text, day text, body text not null, primary key (kind, id));
    create index if not exists thing_by_day on thing (kind, day)`)
  const put = db.prepare('insert or replace into thing values (?, ?, ?, ?)')
  const byId = db.prepare('select body from thing where kind = ? and id = ?')
  const ofDay = db.prepare('select body from thing where kind = ? and day = ? order by rowid')
  const find = <T>(kind: string, id: string): T | undefined => {
    const row = byId.get(kind, id)
    return row && (JSON.parse(String(row.body)) as T)
  }
  const list = <T>(kind: string, day: string): T[] => ofDay.all(kind, day).map(row => JSON.parse(String(row.body)) as T)
  return {
    order: (orderNo: string) => find<SandboxOrder>('order', orderNo),
    keepOrder: (order: SandboxOrder) => {
      put.run('order', order.orderNo, order.paidAt && dayOf(order.paidAt), JSON.stringify(order))
    },
    /** What was paid on a day (Asia/Shanghai), given back since or not. */
    paidOn: (day: string) => list<SandboxOrder>('order', day),
    refund: (refundNo: string) => find<SandboxRefund>('refund', refundNo),
    keepRefund: (refund: SandboxRefund) => {
      put.run('refund', refund.refundNo, dayOf(refund.createdAt), JSON.stringify(refund))
    },
    refundedOn: (day: string) => list<SandboxRefund>('refund', day).filter(({ state }) => state === 'SUCCESS'),
    changesOf: (day: string) => list<BillChange>('change', day),
    plant: (day: string, change: BillChange) => {
      put.run('change', `${day}/${change.orderNo}`, day, JSON.stringify(change))
    },
  }
}
export type Book = ReturnType<typeof openBook>

/** The calendar day in Asia/Shanghai of an instant. */
const dayOf = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)

/** An instant as the provider writes it. */
export const inShanghai = (instant: string): string =>
  `${new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
