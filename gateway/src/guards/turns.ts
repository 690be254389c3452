/** One request's place among those that may be under way at once. */
export type Turn = {
  /** Work has begun that goes on even when the caller leaves. */
  begin(): void
  end(): void
  /** The connection has been answered or is gone. */
  closed(): void
}

/** At most `limit` requests at once: a caller who leaves early does not make room while work for them goes on. */
export function createTurns(limit: number) {
  let taken = 0
  return {
    count: (): number => taken,
    take(): Turn | null {
      if (taken >= limit) return null
      taken += 1
      let working = false
      let open = true
      let held = true
      const release = () => {
        if (!held || working || open) return
        held = false
        taken -= 1
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
