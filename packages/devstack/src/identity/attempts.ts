/** Counts failed sign-ins of a name. */
export interface Attempts {
  /** Whether the name may try now. */
  mayTry(username: string): boolean
  failed(username: string): void
  succeeded(username: string): void
}

const limit = 10
const windowMs = 15 * 60_000
const namesHeld = 10_000

/**
 * Ten wrong passwords in a quarter of an hour close a name until the quarter is over. The memory is bounded: the
 * oldest name goes when it is full.
 *
 * @param now milliseconds of a clock that does not run backwards
 */
export const createAttempts = (now: () => number): Attempts => {
  const failures = new Map<string, { count: number; since: number }>()
  const current = (username: string): { count: number; since: number } | undefined => {
    const found = failures.get(username)
    if (!found || now() - found.since < windowMs) return found
    failures.delete(username)
    return undefined
  }
  return {
    mayTry: username => (current(username)?.count ?? 0) < limit,
    failed: username => {
      const { count, since } = current(username) ?? { count: 0, since: now() }
      const oldest = failures.size >= namesHeld && !failures.has(username) ? failures.keys().next().value : undefined
      if (oldest !== undefined) failures.delete(oldest)
      failures.set(username, { count: count + 1, since })
    },
    succeeded: username => void failures.delete(username),
  }
}
