import type { DecidedPack } from '../../packs/decisions/decision.ts'
import type { PackIndex, Scale } from '../../packs/documents/pack.ts'
import { averageOf, type Put, putTogether } from '../indices/series.ts'

export type SumPart = 'SHEETS' | 'INDEX' | 'INDICATOR'

/** What some sheets of a county come to in a time; points are hundredths. */
export type CountySum = {
  from: string
  until: string
  part: SumPart
  packVersion: number
  scale: string
  key: string
  sheets: number
  published: number
  lit: number
  points: number
}

/** Sheets by one scale: whose, how many, and their average where there are at least five. */
export type ScaleScores = Pick<CountySum, 'sheets' | 'published' | 'lit'> & {
  subject: Scale['subject']
  scale: string
} & Put
export type IndexScores = { key: string; title: string; of: PackIndex['of']; sheets: number } & Put
/** A county's sheets of one time. */
export type CountyScores = {
  from: string
  until: string
  packTitle: string
  packVersion: number
  scales: ScaleScores[]
  indices: IndexScores[]
}

/** A county's sums by their times, the newest first; what no pack of the county explains any more is not told. */
export function scoresOf(packs: readonly DecidedPack[], sums: readonly CountySum[]): CountyScores[] {
  const times = Map.groupBy(sums, ({ from, until, packVersion }) => `${from}/${until}/${packVersion}`)
  return [...times.values()]
    .flatMap((all): CountyScores[] => {
      const [{ from, until, packVersion } = { from: '', until: '', packVersion: 0 }] = all
      const pack = packs.find(({ version }) => version === packVersion)
      if (!pack) return []
      const { scales, indices, title } = pack.document
      return [
        {
          ...{ from, until, packVersion, packTitle: title },
          scales: scales.flatMap(({ key, subject, title: scale }): ScaleScores[] => {
            const found = all.find(one => one.part === 'SHEETS' && one.scale === key)
            if (!found) return []
            const { sheets, published, lit, points } = found
            return [{ subject, scale, sheets, published, lit, ...averageOf(points, sheets) }]
          }),
          indices: indices.map((index): IndexScores => {
            const { key, title: named, of } = index
            const { points = 0, sheets = 0 } = all.find(one => one.part === 'INDEX' && one.key === key) ?? {}
            return { key, title: named, of, sheets, ...putTogether(index, points, sheets) }
          }),
        },
      ]
    })
    .sort((a, b) => (a.from > b.from ? -1 : a.from < b.from ? 1 : b.packVersion - a.packVersion))
}
