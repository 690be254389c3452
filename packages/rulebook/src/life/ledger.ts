import type { IsoDate } from '../calendar.ts'
import type { Citation } from '../deadline.ts'
import { compareHeld, type HeldMeeting } from './compare.ts'
import { type Every, frequenciesDue, type LifeBody, type RegularKind } from './frequencies.ts'
import { type Period, periodsWithin } from './periods.ts'

/** What was due of a kind of meeting in a year, what was held of it and what is missing. */
export type LedgerLine = {
  kind: RegularKind
  every: Every
  /** 一般: what is missing is asked about and is no breach. */
  generally: boolean
  citation: Citation
  /** How many times are over or have their meeting already. */
  due: number
  held: number
  /** How many were held beside those that were due. */
  more: number
  /** Times that are over without a meeting, the earliest first. */
  missing: Period[]
}

export type LedgerFacts = {
  organisationKind: string
  body: LifeBody
  year: Period
  /** Times that began earlier are not known here, and are not missing (what is not known is not zero). */
  knownSince: IsoDate
  held: readonly HeldMeeting[]
  today: IsoDate
}

/** The ledger of organisational life (组织生活台账) of a year, kind by kind. A time that still runs is not missing. Pure. */
export const lifeLedger = ({ organisationKind, body, year, knownSince, held, today }: LedgerFacts): LedgerLine[] =>
  frequenciesDue(organisationKind, body).map(({ kind, every, generally, citation }) => {
    const once = periodsWithin(every, year).filter(({ until }) => until >= knownSince)
    // Each group meets for itself (art. 13).
    const periods =
      kind === 'GROUP_MEETING' ? once.flatMap(one => Array.from({ length: body.groups }, () => one)) : once
    const found = compareHeld(
      periods.map(window => ({ kind, window })),
      held,
    )
    const isHeld = (i: number) => found[i] !== null && found[i] !== undefined
    // A time that had begun before the organisation was known may have had its meeting then.
    const missing = periods.filter((one, i) => !isHeld(i) && one.until < today && one.from >= knownSince)
    const fulfilled = periods.filter((_, i) => isHeld(i)).length
    const all = held.filter(meeting => meeting.kind === kind).length
    return {
      ...{ kind, every, generally, citation, missing },
      ...{ due: fulfilled + missing.length, held: fulfilled, more: all - fulfilled },
    }
  })
