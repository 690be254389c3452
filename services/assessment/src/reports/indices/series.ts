import type { PackDocument, PackIndex } from '../../packs/documents/pack.ts'

/** An average of fewer would tell of one of them (B8). */
export const fewest = 5

/** Why there is no value: of fewer than five nothing is put together, and of nobody there is nothing. */
export type Gap = 'TOO_FEW' | 'NOTHING_KNOWN'
export type Put = { value: number; gap: null } | { value: null; gap: Gap }

/** What an index comes to of sheets whose points, in hundredths, are `sum` and which are so many. */
export function putTogether({ of, combine }: Pick<PackIndex, 'of' | 'combine'>, sum: number, count: number): Put {
  if (count === 0) return { value: null, gap: 'NOTHING_KNOWN' }
  // A sum over branches names no person and is no average; of people, even a sum of one is a person's own score.
  if (count < fewest && (of === 'MEMBER' || combine === 'MEAN')) return { value: null, gap: 'TOO_FEW' }
  return { value: Math.round(combine === 'SUM' ? sum : sum / count) / 100, gap: null }
}

/** The average of what organisations have; of fewer than five there is none. */
export function averageOf(values: number, count: number): Put {
  if (count === 0) return { value: null, gap: 'NOTHING_KNOWN' }
  if (count < fewest) return { value: null, gap: 'TOO_FEW' }
  return { value: Math.round(values / count) / 100, gap: null }
}

/** An index as the database reads it: of which pack, over which sheets, from which of their points. */
export type IndexDefinition = {
  pack_version: number
  key: string
  of: PackIndex['of']
  combine: PackIndex['combine']
  /** Whether an organisation is compared with those of its own kind, or with all. */
  same_kind: boolean
  whole: boolean
  groups: string[] | null
  indicators: string[] | null
}

export const definitionsOf = (
  packs: readonly { version: number; document: Pick<PackDocument, 'indices' | 'peers'> }[],
): IndexDefinition[] =>
  packs.flatMap(pack =>
    pack.document.indices.map(({ key, of, combine, from }) => ({
      ...{ pack_version: pack.version, key, of, combine, same_kind: pack.document.peers === 'KIND' },
      whole: 'score' in from,
      groups: 'groups' in from ? from.groups : null,
      indicators: 'indicators' in from ? from.indicators : null,
    })),
  )

/** An index of an organisation and all below it, period by period, the earliest first. */
export type Series = { orgId: string; index: PackIndex; points: Point[] }
export type Point = { index: string; from: string; until: string; sheets: number; peers: Peers } & Put
/** Of organisations of the same kind in the county, or of all, in a period. */
export type Peers = { organisations: number } & Put

const periodsShown = 12

/** The newest pack's indices, each with its last periods; what an earlier pack counted under the same key goes on. */
export function seriesOf(orgId: string, indices: readonly PackIndex[], points: readonly Point[]): Series[] {
  return indices.map(index => ({
    ...{ orgId, index },
    points: points
      .filter(point => point.index === index.key)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .slice(-periodsShown),
  }))
}
