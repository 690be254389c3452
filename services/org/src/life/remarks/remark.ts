import { fail } from './errors.ts'

/** OPEN waits for the branch, ANSWERED for whoever is above, SETTLED for nobody. */
export const remarkStates = ['OPEN', 'ANSWERED', 'SETTLED'] as const
export type RemarkState = (typeof remarkStates)[number]

/** What the branch has answered to a remark, in its order. */
export type RemarkAnswer = { text: string; answeredAt: Date }

/** What whoever is above a branch says of the record of a closed meeting (上级意见). */
export type RecordRemark = {
  id: string
  meetingId: string
  orgId: string
  text: string
  /** By when the branch should answer; null where whoever is above has set no day. */
  dueOn: string | null
  state: RemarkState
  saidOn: string
  saidAt: Date
  settledAt: Date | null
  settledNote: string | null
  version: bigint
}

export const remarkLimits = { text: 1_000, note: 500, ofMeeting: 50, answers: 20 } as const

/** Whether it waits for the branch beyond the day that was set. */
export const isOverdue = ({ state, dueOn }: Pick<RecordRemark, 'state' | 'dueOn'>, today: string): boolean =>
  state === 'OPEN' && dueOn !== null && dueOn < today

/** @throws DomainError REMARK_DUE_IN_PAST, RECORD_REMARKS_FULL */
export function requireRemark(dueOn: string | null, today: string, ofMeeting: number): void {
  if (dueOn !== null && dueOn < today) fail('REMARK_DUE_IN_PAST', { found: dueOn, wanted: today })
  if (ofMeeting >= remarkLimits.ofMeeting)
    fail('RECORD_REMARKS_FULL', { found: ofMeeting, wanted: remarkLimits.ofMeeting })
}

/** @throws DomainError REMARK_SETTLED, REMARK_ANSWERS_FULL */
export function requireAnswerable({ state, settledAt }: Pick<RecordRemark, 'state' | 'settledAt'>, answers: number) {
  if (state === 'SETTLED') fail('REMARK_SETTLED', { found: settledAt?.toISOString() ?? state })
  if (answers >= remarkLimits.answers) fail('REMARK_ANSWERS_FULL', { found: answers, wanted: remarkLimits.answers })
}
