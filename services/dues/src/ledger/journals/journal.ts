import type { AccountKind } from '../accounts/account.ts'

/** Why money moved. */
export const journalReasons = [
  'OPENING_BALANCE',
  'INTEREST',
  'RECEIVED_FROM_ABOVE',
  'DUES_PAID',
  'FLOATING_MEMBER_DUES',
  'FISCAL_GRANT',
  'LARGE_DUES_PAID',
  'LARGE_DUES_PASSED_UP',
  'LARGE_DUES_RECEIVED',
  'CASH_DEPOSITED',
  'SET_ASIDE',
  'SPENT',
  'SPENDING_REFUNDED',
  'PROVIDER_SETTLED',
  'PASSED_DOWN',
  'PASSED_UP',
  'HANDED_OVER',
  'REVERSED',
] as const
export type JournalReason = (typeof journalReasons)[number]

/** What moves one account: more where it is above 0, less where it is below. */
export type Entry = { accountId: string; amountFen: bigint }

export type Journal = {
  id: string
  keeperId: string
  reason: JournalReason
  note: string
  /** The day it counts for. */
  countsOn: string
  postedAt: Date
  postedBy: string | null
  /** The journal that it takes back. */
  reverses: string | null
  /** What it is spent on, where it takes from what is for one purpose alone. */
  purpose: string | null
  /** The journal of a closed month that it puts right. */
  corrects: string | null
}
export type NewJournal = Pick<Journal, 'keeperId' | 'reason' | 'note' | 'countsOn'> & {
  reverses?: string
  purpose?: string
  corrects?: string
  entries: readonly Entry[]
}

/** Which entries of an account are meant; null is all. */
export type EntryFilter = {
  reasons: readonly JournalReason[] | null
  flow: 'IN' | 'OUT' | null
  /** Days for which they count. */
  from: string | null
  until: string | null
}

/** An entry as it stands in an account: which it is, and what the account held after it. */
export type PostedEntry = Entry & { journalId: string; orgId: string; balanceFen: bigint; n: bigint }

const sides: Readonly<Record<AccountKind, 'WHOSE' | 'WHERE'>> = {
  ...{ VIRTUAL: 'WHOSE', EARMARKED: 'WHOSE', OUTSIDE: 'WHOSE' },
  ...{ REAL: 'WHERE', TRANSIT: 'WHERE', ELSEWHERE: 'WHERE' },
}
const ours: Readonly<Record<'WHOSE' | 'WHERE', ReadonlySet<AccountKind>>> = {
  WHOSE: new Set<AccountKind>(['VIRTUAL', 'EARMARKED']),
  WHERE: new Set<AccountKind>(['REAL', 'TRANSIT']),
}

/** Several entries of one account are one; those that come to nothing are none. In the order of the accounts' ids. */
export function netOf(entries: readonly Entry[]): Entry[] {
  const sums = new Map<string, bigint>()
  for (const { accountId, amountFen } of entries) sums.set(accountId, (sums.get(accountId) ?? 0n) + amountFen)
  return [...sums]
    .filter(([, amountFen]) => amountFen !== 0n)
    .map(([accountId, amountFen]) => ({ accountId, amountFen }))
    .toSorted((one, other) => (one.accountId < other.accountId ? -1 : 1))
}

/**
 * What is wrong with the entries of a journal; null where nothing is. Whose the money is and where it lies each sum to
 * zero, and what organisations have is what lies at the bank and on its way. The database looks at the same once more.
 * @param kinds of the accounts, by id; one that is not in it is unknown, or stands under another real account
 */
export function imbalanceOf(entries: readonly Entry[], kinds: ReadonlyMap<string, AccountKind>): string | null {
  if (entries.length < 2) return `${entries.length} entries`
  const unknown = entries.find(({ accountId }) => !kinds.has(accountId))
  if (unknown) return `account ${unknown.accountId}`
  const sumOf = (wanted: (kind: AccountKind) => boolean) =>
    entries.reduce(
      (sum, { accountId, amountFen }) => (wanted(kinds.get(accountId) as AccountKind) ? sum + amountFen : sum),
      0n,
    )
  const [whose, where] = [sumOf(kind => sides[kind] === 'WHOSE'), sumOf(kind => sides[kind] === 'WHERE')]
  const [had, lies] = [sumOf(kind => ours.WHOSE.has(kind)), sumOf(kind => ours.WHERE.has(kind))]
  return whose === 0n && where === 0n && had === lies
    ? null
    : `whose ${whose}, where ${where}, had ${had}, lies ${lies}`
}

/** Money that an organisation has from outside, and that lies at the bank. */
export const receiving = (
  accounts: { outside: string; virtual: string; real: string; elsewhere: string },
  amountFen: bigint,
): Entry[] => [
  { accountId: accounts.outside, amountFen: -amountFen },
  { accountId: accounts.virtual, amountFen },
  { accountId: accounts.elsewhere, amountFen: -amountFen },
  { accountId: accounts.real, amountFen },
]

/** Money of an organisation that leaves the bank for outside. */
export const spending = (accounts: Parameters<typeof receiving>[0], amountFen: bigint): Entry[] =>
  receiving(accounts, -amountFen)

/** Money of an organisation that another under the same real account has instead; it lies where it lay. */
export const handing = (from: string, to: string, amountFen: bigint): Entry[] => [
  { accountId: from, amountFen: -amountFen },
  { accountId: to, amountFen },
]
