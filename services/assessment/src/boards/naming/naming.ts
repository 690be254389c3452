import { addDays } from '@linghang/rulebook'
import { fail } from './errors.ts'

export type NamingState = 'WAITING' | 'GRANTED' | 'REFUSED' | 'WITHDRAWN'

/** That somebody asked not to be named on boards, and what the county has answered (不公布姓名). */
export type NamingRequest = {
  id: string
  memberId: string
  reason: string | null
  state: NamingState
  askedOn: string
  /** By when the county answers; until it has, the person is not named. */
  answerBy: string
  answeredOn: string | null
  answer: string | null
  withdrawnOn: string | null
}

/** Nobody asks every day anew, which would leave an answer without effect; that it is half a year is ours, no text has a number. */
const againAfterDays = 180

/** By which requests a person stands on no board: one that waits too, however long the county takes. */
export const hides = ({ state }: Pick<NamingRequest, 'state'>): boolean => state === 'WAITING' || state === 'GRANTED'

/** From which day on one may ask again after a refusal; of other requests today's is no hindrance. */
export const againFrom = ({ state, answeredOn }: Pick<NamingRequest, 'state' | 'answeredOn'>): string | null =>
  state === 'REFUSED' && answeredOn !== null ? addDays(answeredOn, againAfterDays) : null

/** @throws DomainError NAMING_ASKED_ALREADY, NAMING_REFUSED_LATELY */
export function requireAskable(
  last: Pick<NamingRequest, 'state' | 'answeredOn' | 'askedOn'> | null,
  today: string,
): void {
  if (last === null) return
  if (hides(last)) fail('NAMING_ASKED_ALREADY', { found: last.askedOn })
  const from = againFrom(last)
  if (from !== null && today < from) fail('NAMING_REFUSED_LATELY', { found: last.answeredOn, wanted: from })
}

/** Only what waits is answered. @throws DomainError NAMING_ANSWERED */
export function requireWaiting({ state, answeredOn, withdrawnOn }: NamingRequest): void {
  if (state !== 'WAITING') fail('NAMING_ANSWERED', { found: withdrawnOn ?? answeredOn })
}

/** Only what hides is taken back. @throws DomainError NAMING_OVER */
export function requireHiding(request: NamingRequest): void {
  if (!hides(request)) fail('NAMING_OVER', { found: request.withdrawnOn ?? request.answeredOn })
}

export const isOverdue = ({ state, answerBy }: Pick<NamingRequest, 'state' | 'answerBy'>, today: string): boolean =>
  state === 'WAITING' && answerBy < today
