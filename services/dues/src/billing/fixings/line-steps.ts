import type { FixingLine, FixingState } from './fixing-line.ts'

/** What is done with a line before the committee checks it. */
export type LineStep = 'CORRECT' | 'CONFIRM' | 'CONFIRM_ON_PAPER'
/** As whom: of one's own line one is the member, whatever office one holds besides. */
export type LineHand = 'MEMBER' | 'KEEPER'
export type LineRefusal =
  | 'DUES_BASE_CHECKED'
  | 'DUES_BASE_CONFIRMED_ALREADY'
  | 'DUES_BASE_INCOMPLETE'
  | 'DUES_BASE_AWAITS_BRANCH'
  | 'DUES_BASE_AWAITS_MEMBER'

export type LineAfter = { state: FixingState; confirmedHow: FixingLine['confirmedHow'] } | { refused: LineRefusal }

const refused = (code: LineRefusal): LineAfter => ({ refused: code })

/**
 * What a step makes of a line. The branch proposes, the member confirms, the committee checks: what either of the two
 * changes, the other has not yet agreed to. The branch agrees to what the member said; it never confirms for a member who
 * has said nothing, unless they have signed on paper.
 */
export function lineAfter(
  { state, dueFen }: Pick<FixingLine, 'state' | 'dueFen'>,
  step: LineStep,
  by: LineHand,
): LineAfter {
  if (state === 'CHECKED') return refused('DUES_BASE_CHECKED')
  if (step === 'CORRECT') return { state: by === 'MEMBER' ? 'CLAIMED' : 'CORRECTED', confirmedHow: null }
  if (state === 'CONFIRMED') return refused('DUES_BASE_CONFIRMED_ALREADY')
  if (dueFen === null) return refused('DUES_BASE_INCOMPLETE')
  if (state === 'CLAIMED' && by === 'MEMBER') return refused('DUES_BASE_AWAITS_BRANCH')
  if (step === 'CONFIRM_ON_PAPER') return { state: 'CONFIRMED', confirmedHow: 'ON_PAPER' }
  return state === 'CLAIMED' || by === 'MEMBER'
    ? { state: 'CONFIRMED', confirmedHow: 'BY_MEMBER' }
    : refused('DUES_BASE_AWAITS_MEMBER')
}
