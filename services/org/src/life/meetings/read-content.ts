import { fromId, optionalId } from '@linghang/subgraph'
import type { MeetingContentInput, MeetingItemInput, MeetingResolutionInput } from '../../generated/schema-types.ts'
import type { AgendaItem, MeetingInput } from './meeting.ts'

/** What was sent, with ids taken apart and everything named. @throws DomainError BAD_INPUT for an id that is none */
export function readContent(args: MeetingContentInput): MeetingInput {
  const ids = (list: readonly string[] | null | undefined, field: string) =>
    (list ?? []).map(id => fromId('Member', id, field))
  return {
    heldOn: args.heldOn,
    place: args.place ?? null,
    agenda: args.agenda ?? null,
    minutes: args.minutes ?? null,
    participantIds: ids(args.participantIds, 'participantIds'),
    exceptions: (args.exceptions ?? []).map(({ memberId, reason, since, note, consent }) => ({
      memberId: fromId('Member', memberId, 'exceptions.memberId'),
      reason,
      since: since ?? null,
      note: note ?? null,
      ...(consent ? { consent: { by: consent.by.trim(), on: consent.on } } : {}),
    })),
    presentIds: ids(args.presentIds, 'presentIds'),
    leaves: (args.leaves ?? []).map(({ memberId, reason }) => ({
      memberId: fromId('Member', memberId, 'leaves.memberId'),
      reason,
    })),
    absentIds: ids(args.absentIds, 'absentIds'),
    lateIds: ids(args.lateIds, 'lateIds'),
    leftEarlyIds: ids(args.leftEarlyIds, 'leftEarlyIds'),
    items: readItems(args.items),
    resolutions: (args.resolutions ?? []).map(readResolution),
  }
}

/** What is on the agenda, as it was sent. */
export const readItems = (items: readonly MeetingItemInput[] | null | undefined): AgendaItem[] =>
  (items ?? []).map(({ title, discussion, outcome }) => ({
    ...{ title: title.trim(), discussion: discussion ?? null, outcome: outcome ?? null },
  }))

/** Both or neither: half of what a resolution on spending names is refused as none is. */
const readSpending = ({ spendingId, amountFen }: MeetingResolutionInput) => {
  const id = optionalId('DuesSpending', spendingId, 'resolutions.spendingId')
  return id !== null && amountFen != null ? { id, amountFen: BigInt(amountFen) } : null
}

const readResolution = (input: MeetingResolutionInput) => {
  const { matter, memberId, text, decision, ballots, opinions } = input
  return {
    matter,
    memberId: optionalId('Member', memberId, 'resolutions.memberId'),
    spending: readSpending(input),
    text,
    decision: decision ?? null,
    ballots: ballots ? { ...ballots } : null,
    opinions: (opinions ?? []).map(({ memberId: of, inFavour, receivedOn, beforeOpening }) => ({
      memberId: fromId('Member', of, 'opinions.memberId'),
      inFavour,
      receivedOn,
      beforeOpening: beforeOpening ?? false,
    })),
  }
}
