type Window = { startedMs: number; count: number }

/**
 * How often one thing may be asked for: `most` times in `windowMs`. Remembers `keysAtMost` things, the oldest forgotten
 * first; what is forgotten starts anew.
 */
export function createRate(options: { most: number; windowMs: number; keysAtMost: number; nowMs: () => number }) {
  const windows = new Map<string, Window>()
  return (key: string): boolean => {
    const nowMs = options.nowMs()
    const known = windows.get(key)
    if (known && nowMs - known.startedMs < options.windowMs) {
      known.count += 1
      return known.count <= options.most
    }
    windows.delete(key)
    if (windows.size >= options.keysAtMost) windows.delete(windows.keys().next().value as string)
    windows.set(key, { startedMs: nowMs, count: 1 })
    return true
  }
}
