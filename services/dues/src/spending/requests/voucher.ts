/** What shows that money was spent: an invoice or a receipt. */
export type Voucher = {
  id: string
  orgId: string
  spendingId: string
  number: string
  issuer: string
  issuedOn: string
  amountFen: bigint
}

/** So many vouchers of one request, at most. */
export const vouchersAtMost = 50

/** A voucher's number as it is compared: typed full-width, spaced or in small letters, it is the same; null where it is none. */
export function readVoucherNumber(text: string): string | null {
  const number = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
  return /^[A-Z0-9-]{1,40}$/.test(number) ? number : null
}

/** What vouchers come to, in fen. */
export const sumOf = (vouchers: readonly Voucher[]): bigint =>
  vouchers.reduce((sum, { amountFen }) => sum + amountFen, 0n)
