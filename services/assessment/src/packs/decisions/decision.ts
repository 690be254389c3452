import { addDays, isIsoDate } from '@linghang/rulebook'
import type { PackDocument } from '../documents/pack.ts'

/** What a county has decided on scoring: by which pack, or that it ends. */
export type Decision = {
  /** Counted within the county, in the order in which it was written down. */
  version: number
  kind: 'PACK' | 'END'
  effectiveFrom: string
  title: string
  number: string
  organ: string
  decidedOn: string
  /** Of the pack; null of an end. */
  packKey: string | null
}

/** A pack in force, with the decision behind it. */
export type PackInForce = Omit<Decision, 'kind' | 'packKey'> & { key: string; document: PackDocument }
/** The same with its last day, null where none is known. */
export type DecidedPack = PackInForce & { until: string | null }

/** The last day of a decision among others in the order of their days; null where none follows. */
export function untilOf(decided: readonly Pick<Decision, 'effectiveFrom'>[], place: number): string | null {
  const next = decided[place + 1]
  return next ? addDays(next.effectiveFrom, -1) : null
}

const monthsOf = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const

/** Whether a day begins a period: a sheet is worked out by one pack. */
export const beginsPeriod = (period: PackDocument['period'], day: string): boolean =>
  isIsoDate(day) && day.endsWith('-01') && (Number(day.slice(5, 7)) - 1) % monthsOf[period] === 0
