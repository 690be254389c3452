/** A group of fewer is not told: it would tell of somebody. */
const fewest = 5

export type Group = { key: string; count: number }
/** What may be told of groups that make up a whole: some of them, and how many and how large together the others are. */
export type Distribution = { shown: Group[]; hiddenGroups: number; hiddenCount: number }

/** Whether hidden groups cannot be worked out from what they are together. */
function holds(hidden: readonly Group[]): boolean {
  const sum = hidden.reduce((total, { count }) => total + count, 0)
  if (hidden.length === 0) return true
  if (hidden.length === 1 || sum < fewest) return false
  // Each of 1 to 4: as many people as groups are one each, and four times as many are four each.
  const most = fewest - 1
  return hidden.some(({ count }) => count > most) || (sum > hidden.length && sum < most * hidden.length)
}

/**
 * Hides groups of one to four people, and then the smallest of the others until none of the hidden can be had as the whole less
 * what is shown. Nobody is a number that may be told. The order stays as it was given.
 */
export function distributionOf(groups: readonly Group[]): Distribution {
  const hidden = groups.filter(({ count }) => count > 0 && count < fewest)
  const others = groups.filter(({ count }) => count >= fewest).sort((a, b) => a.count - b.count)
  while (!holds(hidden)) {
    const [next] = others
    if (!next) break
    // All that are as small: which of them was chosen would tell which of the hidden is the smaller one.
    hidden.push(...others.splice(0, others.filter(({ count }) => count === next.count).length))
  }
  const kept = new Set(hidden.map(({ key }) => key))
  const sum = hidden.reduce((total, { count }) => total + count, 0)
  // Of fewer than five altogether nothing is told: four groups of them would be one each.
  const nothing = sum < fewest && hidden.length > 0
  return {
    shown: nothing ? [] : groups.filter(({ key }) => !kept.has(key)),
    hiddenGroups: nothing ? 0 : hidden.length,
    hiddenCount: nothing ? 0 : sum,
  }
}

/** The bands of the yearly statistics of the Party (党内统计公报): key, and the last year of age in it. */
export const ageBands = [
  ...([{ key: 'UNDER_31', title: '30岁及以下', until: 30 }] as const),
  ...([{ key: 'FROM_31', title: '31至35岁', until: 35 }] as const),
  ...([{ key: 'FROM_36', title: '36至40岁', until: 40 }] as const),
  ...([{ key: 'FROM_41', title: '41至45岁', until: 45 }] as const),
  ...([{ key: 'FROM_46', title: '46至50岁', until: 50 }] as const),
  ...([{ key: 'FROM_51', title: '51至55岁', until: 55 }] as const),
  ...([{ key: 'FROM_56', title: '56至60岁', until: 60 }] as const),
  ...([{ key: 'FROM_61', title: '61岁及以上', until: Number.POSITIVE_INFINITY }] as const),
]

/** @param age in whole years */
export const ageBand = (age: number): string => ageBands.find(({ until }) => age <= until)?.key ?? 'FROM_61'
