import type { SubjectType } from '../../facts/fact.ts'
import type { Indicator, PackDocument, Scale } from '../../packs/documents/pack.ts'
import { remedies } from '../../packs/remedies/remedies.ts'

/** A report of a month as it was made: never changed afterwards. Points are hundredths. */
export type Report = {
  id: string
  orgId: string
  subjectType: SubjectType
  subjectId: string
  month: string
  packKey: string
  packVersion: number
  scale: string
  kind: string
  periodFrom: string
  periodUntil: string
  score: number
  groups: { key: string; points: number; counted: number }[]
  totals: Record<string, number>
  lights: { key: string; colour: string; since: string }[]
}

/** What subjects of one scale had together in a month, of organisations those of one kind. */
export type Average = {
  subjects: number
  score: number
  groups: Record<string, number>
  totals: Record<string, number>
}

/** A report with what it is read against. */
export type Read = {
  report: Report
  document: PackDocument
  scale: Scale
  before: Report | null
  average: Average | null
}

/** An average of fewer would tell of one of them (B8). */
const fewest = 5
const mostWeak = 3

export const averageFor = (average: Average | null): Average | null =>
  average !== null && average.subjects >= fewest ? average : null

export type Weak = {
  indicator: Indicator
  points: number
  average: number | null
  remedy: { zh: string; en: string } | null
}

const isRemedy = (key: string): key is keyof typeof remedies => key in remedies

/**
 * Where least was had, against the average of peers or, without one, what the indicator gives at most: the widest gap first.
 * What is not known of the subject is no weakness (R10).
 */
export function weakOf({ report, scale, average }: Pick<Read, 'report' | 'scale' | 'average'>): Weak[] {
  const peers = averageFor(average)
  return scale.indicators
    .flatMap(indicator => {
      const points = report.totals[indicator.key]
      if (points === undefined) return []
      const reached = peers?.totals[indicator.key] ?? null
      const most = indicator.kind === 'BASE' ? Math.round((indicator.cap ?? 0) * 100) : 0
      const gap = (reached ?? most) - points
      const remedy = indicator.remedy !== undefined && isRemedy(indicator.remedy) ? remedies[indicator.remedy] : null
      return gap > 0 ? [{ indicator, points, average: reached, remedy, gap }] : []
    })
    .sort((a, b) => b.gap - a.gap || (a.indicator.key < b.indicator.key ? -1 : 1))
    .slice(0, mostWeak)
    .map(({ gap: _, ...weak }) => weak)
}

/** What the month before said of the same rules; of another scale or pack nothing can be compared. */
export const comparable = (report: Report, before: Report | null): Report | null =>
  before !== null && before.packKey === report.packKey && before.scale === report.scale ? before : null
