/**
 * Lets equal reads that are under way share one answer. A read must never be older than a write that its reader has
 * seen done: after a write nobody joins what began before it.
 */
export function createInFlightReads<Answer>() {
  let joinable = new Map<string, Promise<Answer>>()
  return {
    /** @param key everything on which the answer depends, above all who asks */
    share(key: string, start: () => Promise<Answer>): Promise<Answer> {
      const underWay = joinable.get(key)
      if (underWay) return underWay
      const among = joinable
      const started = start()
      among.set(key, started)
      const leave = () => among.delete(key)
      started.then(leave, leave)
      return started
    },
    written(): void {
      joinable = new Map()
    },
  }
}
export type InFlightReads<Answer> = ReturnType<typeof createInFlightReads<Answer>>
