/**
 * Lets equal reads that are under way share one answer. A read must never be older than a write that its reader has
 * seen done: after a write nobody joins what began before it.
 */
export function createInFlightReads<Answer>() {
  type UnderWay = { answer: Promise<Answer>; isJoined: boolean }
  let joinable = new Map<string, UnderWay>()
  return {
    /**
     * @param key everything on which the answer depends, above all who asks
     * @param start is told by `isJoined` whether somebody shares the answer by now
     */
    share(key: string, start: (isJoined: () => boolean) => Promise<Answer>): Promise<Answer> {
      const underWay = joinable.get(key)
      if (underWay) {
        underWay.isJoined = true
        return underWay.answer
      }
      const among = joinable
      const started: UnderWay = { isJoined: false, answer: start(() => started.isJoined) }
      among.set(key, started)
      const leave = () => among.delete(key)
      started.answer.then(leave, leave)
      return started.answer
    },
    written(): void {
      joinable = new Map()
    },
  }
}
