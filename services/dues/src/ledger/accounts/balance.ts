import type { AccountKind } from './account.ts'

/** What an account has, how much of that is held (预留), and how many entries have moved it. */
export type Balance = {
  accountId: string
  keeperId: string
  orgId: string
  kind: AccountKind
  /** For what alone it may be taken, of an earmarked one. */
  purpose: string | null
  balanceFen: bigint
  heldFen: bigint
  moves: bigint
}

/** What may be taken: what is there and not held. */
export const availableOf = ({ balanceFen, heldFen }: Pick<Balance, 'balanceFen' | 'heldFen'>): bigint =>
  balanceFen - heldFen

/** Where money comes from and goes to, and what is not with us, may be less than nothing. */
export const isBottomless = (kind: AccountKind): boolean => kind === 'OUTSIDE' || kind === 'ELSEWHERE'
