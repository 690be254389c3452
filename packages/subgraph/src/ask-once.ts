/**
 * What is asked of a server at a scrape: one question at a time, however many scrapes wait for it, and none waits long. A
 * server that does not answer would otherwise be asked by each scrape anew, and take all connections for that.
 * @param everyMs an answer is good for so long
 * @param withinMs so long a scrape waits
 * @returns null where there was no answer in time
 */
export function askOnce<T>(
  ask: () => Promise<T>,
  { everyMs = 0, withinMs = 2_000 }: { everyMs?: number; withinMs?: number } = {},
): () => Promise<T | null> {
  let asking: Promise<T | null> | undefined
  let kept: { answer: T; atMs: number } | undefined
  return async () => {
    if (kept && performance.now() - kept.atMs < everyMs) return kept.answer
    asking ??= ask()
      .then(
        answer => {
          kept = { answer, atMs: performance.now() }
          return answer
        },
        () => null,
      )
      .finally(() => {
        asking = undefined
      })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>(resolve => {
      timer = setTimeout(resolve, withinMs, null)
    })
    return Promise.race([asking, late]).finally(() => clearTimeout(timer))
  }
}
