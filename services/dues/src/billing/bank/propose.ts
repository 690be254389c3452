import type { StatementLine } from './read-line.ts'

/** What a line of a statement may be. */
export const lineKinds = ['SETTLEMENT', 'PAYMENT', 'CASH_DEPOSIT', 'INTEREST'] as const
export type LineKind = (typeof lineKinds)[number]
export type Proposal = { kind: LineKind; id: string | null }

export type Candidates = {
  /** Days of the provider that the bank has not confirmed. */
  settlements: readonly { id: string; day: string; netFen: bigint }[]
  /** What was recorded as received at the bank and not confirmed. */
  payments: readonly { id: string; receivedOn: string; amountFen: bigint }[]
  /** What cashiers have. */
  cashFen: bigint
}

const provider = /财付通|微信支付|支付机构|备付金|TENPAY/i
const interest = /利息|结息|INTEREST/i
const cash = /现金|现存|存款|缴存/
/** Banks book what was handed in on a Friday on Monday, and holidays are longer. */
const daysApart = 10

const isNear = (one: string, other: string): boolean =>
  Math.abs(Date.parse(one) - Date.parse(other)) <= daysApart * 86_400_000

/**
 * What a line may be: by its words, its sum and its day. Where two things fit alike nothing is proposed: a person looks. A
 * proposal is never posted by itself.
 * @param taken what lines before it have been proposed for
 */
export function proposeFor(line: StatementLine, candidates: Candidates, taken: ReadonlySet<string>): Proposal | null {
  if (line.amountFen <= 0n) return null
  const said = `${line.other} ${line.words}`
  if (interest.test(said)) return { kind: 'INTEREST', id: null }
  const settlements = candidates.settlements.filter(
    ({ id, day, netFen }) =>
      !taken.has(id) && netFen === line.amountFen && day <= line.bookedOn && isNear(day, line.bookedOn),
  )
  if (provider.test(said)) return onlyOne('SETTLEMENT', settlements)
  const payments = candidates.payments.filter(
    ({ id, receivedOn, amountFen }) =>
      !taken.has(id) && amountFen === line.amountFen && isNear(receivedOn, line.bookedOn),
  )
  const isCash = cash.test(said)
  if (isCash && payments.length === 0)
    return line.amountFen <= candidates.cashFen ? { kind: 'CASH_DEPOSIT', id: null } : null
  return isCash ? null : onlyOne('PAYMENT', payments)
}

const onlyOne = (kind: LineKind, found: readonly { id: string }[]): Proposal | null =>
  found.length === 1 ? { kind, id: found[0]?.id ?? null } : null
