import {
  bodiesFor,
  candidatesFor,
  type ElectionBody,
  type ElectionKind,
  type ElectionRules,
  electionWindow,
  electsWithoutCommittee,
  kindOnDay,
  seatRuleOf,
  timelineTo,
} from '@linghang/rulebook'
import type { Organisation } from '../../structure/organisations/organisation.ts'
import type { Work } from '../../work.ts'
import { electionRulesOfToday } from '../settings/read-settings.ts'
import { electingOf } from './open-election.ts'
import type { Electing } from './opening.ts'
import type { StepDate } from './timeline.ts'

export type Proposal = {
  kind: ElectionKind | null
  termEnd: string | null
  from: string | null
  until: string | null
  bodies: ElectionBody[]
  fullMembers: number
  seatsFrom: number
  seatsAtMost: number
  candidatesAtLeast: number
  steps: StepDate[]
  toAsk: string[]
}

/** What an election on a day would be, and what nobody but the organisation can say. */
function proposalFor(at: Electing, { inTimeDays, days }: ElectionRules, on: string | null): Proposal {
  const { organisationKind, termEnd, fullMembers, members } = at
  const rule = electsWithoutCommittee(organisationKind, fullMembers) ? null : seatRuleOf(organisationKind)
  const window = termEnd === null ? null : electionWindow(termEnd)
  const day = on ?? termEnd
  const kind = termEnd && day ? kindOnDay(termEnd, day, inTimeDays) : null
  const bodies = bodiesFor({ organisationKind, members, scattered: false })
  return {
    ...{ kind, termEnd, from: window?.from ?? null, until: window?.until ?? null, bodies, fullMembers },
    ...{ seatsFrom: rule?.from ?? 0, seatsAtMost: rule?.atMost ?? 0 },
    candidatesAtLeast: rule ? candidatesFor(rule.from) : 1,
    steps: day === null ? [] : timelineTo(day, days).map(step => ({ ...step, done: false })),
    toAsk: [
      ...(day === null ? ['plannedOn'] : []),
      ...(rule ? ['seats'] : []),
      ...(kind === 'TERM' ? [] : ['reason']),
      ...(bodies.length > 1 ? ['body', 'delegates'] : []),
      'posts',
    ],
  }
}

/** What is proposed to an organisation that elects; null where the actor holds no office at or above it. */
export const proposed = async (work: Work, organisation: Organisation, on: string | null): Promise<Proposal | null> =>
  (await work.supervision.seen([organisation.id])).has(organisation.id)
    ? proposalFor(await electingOf(work, organisation), await electionRulesOfToday(work), on)
    : null
