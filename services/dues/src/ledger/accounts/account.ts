/**
 * What an account says of money. Whose it is: VIRTUAL (an organisation's own), EARMARKED (given for one purpose), OUTSIDE
 * (from where it came, what it went to). Where it lies: REAL (at the bank), TRANSIT (somebody has it, the bank has not),
 * ELSEWHERE (not with us).
 */
export const accountKinds = ['REAL', 'VIRTUAL', 'EARMARKED', 'OUTSIDE', 'TRANSIT', 'ELSEWHERE'] as const
export type AccountKind = (typeof accountKinds)[number]

/** Banks at which dues may lie (党费规定 2008, art. 24). */
export const banks = ['ICBC', 'ABC', 'BOC', 'CCB', 'BOCOM', 'PSBC'] as const
export type Bank = (typeof banks)[number]

/** From where money comes and what it goes to. */
export const outsideCodes = ['OPENING', 'DUES', 'INTEREST', 'FROM_ABOVE', 'SPENT'] as const
export type OutsideCode = (typeof outsideCodes)[number]
/** Who has what is on its way: a cashier in cash, a provider of payments. */
export const transitCodes = ['CASH', 'PROVIDER'] as const

/** The account of a committee at a bank, under which organisations have accounts of their own. */
export type RealAccount = {
  id: string
  orgId: string
  bank: Bank
  bankDigits: string
  openedOn: string
}

/** What an organisation has under a real account. */
export type VirtualAccount = { id: string; orgId: string; keeperId: string }

/** A bank's account number without what people put between its digits; null where it is none. */
export function readBankNumber(text: string): string | null {
  const digits = text.normalize('NFKC').replaceAll(/[\s-]/g, '')
  return /^\d{8,32}$/.test(digits) ? digits : null
}
