import { addDays } from '@linghang/rulebook'
import { fail } from './errors.ts'

/** What a county may turn on: members by points (S1-3), branches red and black (S3-27), the year's order in a committee (S3-24). */
export type BoardKind = 'MEMBERS' | 'RED_BLACK' | 'YEAR_ORDER'
/** For whom, from the narrowest: each shows what the one before it does, and more. */
export type Audience = 'OFFICES' | 'OWN_BRANCH' | 'OWN_COMMITTEE' | 'COUNTY'
export type DecisionState = 'TO_COME' | 'IN_FORCE' | 'LAPSED' | 'ENDED'

/** That a county turns a board on, by which document, for whom and until when (R2, R3). */
export type BoardDecision = {
  id: string
  kind: BoardKind
  organ: string
  title: string
  number: string
  decidedOn: string
  basis: string
  audience: Audience
  fromDay: string
  /** Its last day: behind it nothing is shown, and nobody has to do anything for it. */
  untilDay: string
  /** How many stand on the red and the black list; null of other kinds. */
  redSize: number | null
  blackSize: number | null
  /** From which day on it was ended before its time; null where it was not. */
  endedOn: string | null
  endReason: string | null
}

/** The source's number: the last fifty (S3-27). */
const commonSize = 50
const mostSize = 500
/** A year and a day: what is to go on is decided anew. */
const mostDays = 366

const bad = (field: string, found: string | number | null, wanted: string, wantedZh: string): never =>
  fail('BAD_INPUT', { field, found, wanted, wantedZh })

/** @throws DomainError BAD_INPUT where it ends before it begins, or goes on for more than a year */
export function requireUntil(fromDay: string, untilDay: string): void {
  const last = addDays(fromDay, mostDays)
  if (untilDay < fromDay || untilDay > last)
    bad('until', untilDay, `${fromDay} to ${last}`, `${fromDay} 至 ${last}（到期要继续的，另行决定）`)
}

/** The year's order is for the committee alone (S3-24): nobody decides it for a wider circle. @throws DomainError BOARD_AUDIENCE */
export function requireAudience(kind: BoardKind, audience: Audience): void {
  if (kind === 'YEAR_ORDER' && audience !== 'OFFICES' && audience !== 'OWN_COMMITTEE') fail('BOARD_AUDIENCE')
}

type Sizes = { redSize: number | null; blackSize: number | null }
/** How many stand on each list: the source's fifty unless told, and of other kinds none. @throws DomainError BAD_INPUT */
export function sizesOf(kind: BoardKind, { redSize, blackSize }: Sizes): Sizes {
  const given = { redSize, blackSize }
  if (kind !== 'RED_BLACK') {
    for (const [field, size] of Object.entries(given))
      if (size !== null) bad(field, size, 'none: it is of red and black lists', '不填（只用于红黑榜）')
    return { redSize: null, blackSize: null }
  }
  for (const [field, size] of Object.entries(given))
    if (size !== null && !(Number.isInteger(size) && size >= 1 && size <= mostSize))
      bad(field, size, `1 to ${mostSize}`, `1 至 ${mostSize}`)
  return { redSize: redSize ?? commonSize, blackSize: blackSize ?? commonSize }
}

/** How a decision stands on a day: through its last day it holds, from the day of its end on it does not. */
export function stateOn(
  { fromDay, untilDay, endedOn }: Pick<BoardDecision, 'fromDay' | 'untilDay' | 'endedOn'>,
  day: string,
): DecisionState {
  if (endedOn !== null && endedOn <= day) return 'ENDED'
  if (day < fromDay) return 'TO_COME'
  return day > untilDay ? 'LAPSED' : 'IN_FORCE'
}
