import { addMonths, type IsoDate, monthOf } from '../calendar.ts'
import { type Citation, practiceArticle } from '../deadline.ts'
import { inDues } from './sources.ts'

/** Times for which nothing is owed here although somebody is on the register (停止党籍、出国（境）保留党籍、持证流动). */
export const duesPauseKinds = ['MEMBERSHIP_SUSPENDED', 'ABROAD', 'PAID_AT_INFLOW'] as const
export type DuesPauseKind = (typeof duesPauseKinds)[number]
/** @property until the day on which it ended; null while it lasts */
export type DuesPause = { kind: DuesPauseKind; from: IsoDate; until: IsoDate | null }

/** What decides for which months somebody owes dues here. */
export type DuesStanding = {
  /** The assembly that admitted; null where no roster says, and then long ago. */
  owesSince: IsoDate | null
  /** From which day the register knows the person. */
  knownOn: IsoDate
  /** The month up to and with which dues were paid elsewhere, as the letter says it (党费交至); null where none says so. */
  paidThrough: IsoDate | null
  /** Died, removed or gone elsewhere; null for whoever is here. */
  leftOn: IsoDate | null
  pauses: readonly DuesPause[]
}

export type NotOwed = 'BEFORE_ADMISSION' | 'PAID_ELSEWHERE' | 'LEFT' | DuesPauseKind

const practice = (source: string): Citation => ({ article: practiceArticle, source, certainty: 'RECALLED' })
const texts: Readonly<Record<NotOwed, Citation>> = {
  BEFORE_ADMISSION: inDues('2008', '第八条'),
  PAID_ELSEWHERE: { article: '介绍信“党费交至”', source: '组通字〔2006〕45 号', certainty: 'SECONDARY' },
  LEFT: practice('去世、出党、转出的次月起不再交纳'),
  MEMBERSHIP_SUSPENDED: practice('停止党籍期间不交纳'),
  ABROAD: practice('出国（境）保留组织关系期间可暂停，回国后补交'),
  // Whoever holds the card of a floating member may pay at the inflow while away.
  PAID_AT_INFLOW: inDues('2008', '第九条'),
}

/** The first month that is owed here; by what it is the first. */
export function firstOwedMonth({ owesSince, knownOn, paidThrough }: DuesStanding): { month: IsoDate; why: NotOwed } {
  const admitted = owesSince === null ? null : monthOf(owesSince)
  // Whoever was a member before the register knew of them paid where they were, up to and with that month.
  const through = paidThrough ?? (admitted === null || admitted < monthOf(knownOn) ? monthOf(knownOn) : null)
  const next = through === null ? null : addMonths(monthOf(through), 1)
  return next !== null && (admitted === null || next > admitted)
    ? { month: next, why: 'PAID_ELSEWHERE' }
    : { month: admitted as IsoDate, why: 'BEFORE_ADMISSION' }
}

/**
 * A month between that of its beginning and that of its end: both of these are owed, what lies between is not. Whoever was
 * abroad pays for that time after the return.
 */
const pauses = ({ kind, from, until }: DuesPause, month: IsoDate): boolean =>
  month > monthOf(from) && (until === null || (kind !== 'ABROAD' && month < monthOf(until)))

/**
 * Why somebody owes nothing for a month, and where that stands; null where they owe. From the month of the assembly (art.
 * 8), also where the approval came months later; who moves, leaves, dies or is suspended owes for that very month, and none
 * from the next on.
 * @param on any day of the month
 */
export function notOwedIn(standing: DuesStanding, on: IsoDate): { why: NotOwed; citation: Citation } | null {
  const month = monthOf(on)
  const told = (why: NotOwed) => ({ why, citation: texts[why] })
  const first = firstOwedMonth(standing)
  if (month < first.month) return told(first.why)
  if (standing.leftOn !== null && month > monthOf(standing.leftOn)) return told('LEFT')
  const pause = standing.pauses.find(one => pauses(one, month))
  return pause ? told(pause.kind) : null
}

/** The months from the first that is owed here to `through`, in order, without those that are not owed; bounded by `from`. */
export function owedMonths(standing: DuesStanding, from: IsoDate, through: IsoDate): IsoDate[] {
  const { month: first } = firstOwedMonth(standing)
  const months: IsoDate[] = []
  for (
    let month = first > monthOf(from) ? first : monthOf(from);
    month <= monthOf(through);
    month = addMonths(month, 1)
  )
    if (notOwedIn(standing, month) === null) months.push(month)
  return months
}
