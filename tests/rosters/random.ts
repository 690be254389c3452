/** A source of chance that gives the same numbers for the same seed (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    /** A whole number, both ends included. */
    whole,
    pick: <T>(choices: readonly T[]): T => choices[whole(0, choices.length - 1)]!,
    chance: (probability: number): boolean => next() < probability,
    /** Different whole numbers from 0 below `below`, in rising order. */
    distinct(count: number, below: number): number[] {
      if (count > below) throw new RangeError(`${count} different numbers below ${below}`)
      const taken = new Set<number>()
      while (taken.size < count) taken.add(whole(0, below - 1))
      return [...taken].sort((one, other) => one - other)
    },
  }
}

export type Random = ReturnType<typeof createRandom>
