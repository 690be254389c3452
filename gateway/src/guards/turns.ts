/** One request's place among those that may be under way at once. */
export type Turn = {
  /** Work has begun that goes on even when the caller leaves. */
  begin(): void
  end(): void
  /** The connection has been answered or is gone. */
  closed(): void
}

/**
 * At most `limit` requests at once, of one account `each`: a caller who leaves early does not make room while work for
 * them goes on, and nobody takes all the room.
 */
export function createTurns(limit: number, each = limit) {
  let taken = 0
  const takenBy = new Map<string, number>()
  return {
    count: (): number => taken,
    /** Whether this account has all that it may have at once. */
    isFull: (account: string): boolean => (takenBy.get(account) ?? 0) >= each,
    take(account: string | null = null): Turn | null {
      if (taken >= limit || (account !== null && (takenBy.get(account) ?? 0) >= each)) return null
      taken += 1
      if (account !== null) takenBy.set(account, (takenBy.get(account) ?? 0) + 1)
      let working = false
      let open = true
      let held = true
      const release = () => {
        if (!held || working || open) return
        held = false
        taken -= 1
        if (account === null) return
        const left = (takenBy.get(account) ?? 1) - 1
        if (left > 0) takenBy.set(account, left)
        else takenBy.delete(account)
      }
      return {
        begin: () => {
          working = true
        },
        end: () => {
          working = false
          release()
        },
        closed: () => {
          open = false
          release()
        },
      }
    },
  }
}
export type Turns = ReturnType<typeof createTurns>
