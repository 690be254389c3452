const usualPauseMs = 50

/**
 * Waits until `condition` gives something truthy, and gives it back.
 * @param timeoutMs how long it may take at most
 * @param betweenTriesMs for what is there but for a moment, less than usual
 * @throws Error naming `what` and the last fault
 */
export async function until<T>(
  condition: () => Promise<T> | T,
  timeoutMs = 20_000,
  what = condition.toString().slice(0, 200),
  betweenTriesMs = usualPauseMs,
): Promise<NonNullable<T>> {
  const endAt = performance.now() + timeoutMs
  let fault: unknown
  for (;;) {
    try {
      const found = await condition()
      if (found) return found as NonNullable<T>
      fault = undefined
    } catch (error) {
      fault = error
    }
    if (performance.now() > endAt) throw new Error(`not within ${timeoutMs} ms: ${what}`, { cause: fault })
    await new Promise(resolve => setTimeout(resolve, betweenTriesMs))
  }
}
