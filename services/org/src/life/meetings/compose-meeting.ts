import { recordHash } from '@linghang/access'
import { charactersIn } from '@linghang/subgraph/reasons'
import { composePeople, requireComplete } from './attendance.ts'
import { fail } from './errors.ts'
import {
  isDue,
  isOfEverybody,
  limits,
  type MeetingContent,
  type MeetingInput,
  type MeetingKind,
  type Registered,
  type Resolution,
} from './meeting.ts'
import { composeResolutions, requireSameVoters } from './resolutions.ts'

function requireLength(field: string, text: string | null, maximum: number, wantsText = false): void {
  const found = charactersIn(text ?? '')
  if (found <= maximum && !(wantsText && text !== null && text.trim() === '')) return
  const wanted = `${wantsText ? 1 : 0} to ${maximum} characters`
  fail('BAD_INPUT', { field, found, wanted, wantedZh: `${wantsText ? 1 : 0} 到 ${maximum} 个字` })
}

function requireAtMost(what: string, found: number, wanted: number): void {
  if (found > wanted) fail('TOO_MANY', { what, found, wanted })
}

/** @throws DomainError BAD_INPUT, TOO_MANY */
export function requireBounds(input: MeetingInput): void {
  requireLength('place', input.place, limits.place)
  requireLength('agenda', input.agenda, limits.agenda)
  requireLength('minutes', input.minutes, limits.minutes)
  for (const { title, discussion, outcome } of input.items) {
    requireLength('items.title', title, limits.title, true)
    requireLength('items.discussion', discussion, limits.agenda)
    requireLength('items.outcome', outcome, limits.text)
  }
  requireAtMost('items', input.items.length, limits.items)
  for (const { reason } of input.leaves) requireLength('leaves.reason', reason, limits.reason, true)
  for (const { note, consent } of input.exceptions) {
    requireLength('exceptions.note', note, limits.reason)
    requireLength('exceptions.consent.by', consent?.by ?? null, limits.place, true)
  }
  for (const { text } of input.resolutions) requireLength('resolutions.text', text, limits.text, true)
  const named = [input.participantIds, input.exceptions, input.presentIds, input.leaves, input.absentIds]
  requireAtMost('people', Math.max(...named.map(list => list.length)), limits.people)
  requireAtMost('resolutions', input.resolutions.length, limits.resolutions)
  const opinions = input.resolutions.reduce((sum, resolution) => sum + resolution.opinions.length, 0)
  requireAtMost('opinions', opinions, limits.opinions)
}

/**
 * A version of a meeting from what was written down and the register of that day; pure.
 * @param complete a meeting that is closed or corrected says of everybody due whether they came, and its votes were
 *   cast by exactly those; a draft may still lack both
 * @throws DomainError whatever does not fit, with what was found, what is wanted and the article
 */
export function composeMeeting(
  meeting: {
    organisationKind: string
    kind: MeetingKind
    input: MeetingInput
    register: readonly Registered[]
    before: readonly Resolution[]
  },
  complete: boolean,
  newId: () => string,
): MeetingContent {
  const { organisationKind, kind, input } = meeting
  requireBounds(input)
  const register = new Map(meeting.register.map(person => [person.memberId, person]))
  const people = composePeople(kind, input, register)
  requireAtMost('people', people.length, limits.people)
  const { heldOn, place, agenda, minutes, items } = input
  const resolutions = composeResolutions(
    { organisationKind, kind, heldOn, people, register },
    input.resolutions,
    meeting.before,
    newId,
  )
  const voters = people.filter(isDue)
  const due = voters.length
  const present = voters.filter(({ attendance }) => attendance === 'PRESENT').length
  if (complete) {
    requireComplete(kind, people)
    requireSameVoters(kind, resolutions, due, present)
  }
  const everybody = isOfEverybody(kind, input.participantIds)
  return { heldOn, place, agenda, minutes, items, everybody, people, resolutions, due, present }
}

/** SHA-256 over all that a version says, for the audit row. */
export const hashOf = (content: MeetingContent): Buffer =>
  recordHash([
    content.heldOn,
    content.place,
    content.agenda,
    content.minutes,
    [...content.people].sort((a, b) => (a.memberId < b.memberId ? -1 : 1)).map(one => Object.entries(one).sort()),
    content.resolutions.map(({ opinions, ballots, spending, ...rest }) => [
      Object.entries(rest).sort(),
      ballots && Object.entries(ballots).sort(),
      opinions.map(opinion => Object.entries(opinion).sort()),
      // What says nothing of spending has the hash that it had before there was any.
      ...(spending ? [[spending.id, `${spending.amountFen}`]] : []),
    ]),
    // As with spending: what has no items has the hash that it had before there were any.
    ...(content.items.length > 0 ? [content.items.map(item => Object.entries(item).sort())] : []),
  ])
