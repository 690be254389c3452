import { fromId, optionalId } from '@linghang/subgraph'
import type { CountedBallots, Decision, ExceptionReason, MeetingInput, MeetingMatter } from './meeting.ts'

/** `MeetingContentInput` as GraphQL gives it. */
export type ContentArgs = {
  heldOn: string
  place?: string | null
  agenda?: string | null
  minutes?: string | null
  participantIds?: string[] | null
  exceptions?: ExceptionArgs[] | null
  presentIds?: string[] | null
  leaves?: { memberId: string; reason: string }[] | null
  absentIds?: string[] | null
  resolutions?: ResolutionArgs[] | null
}
type ExceptionArgs = {
  memberId: string
  reason: ExceptionReason
  since?: string | null
  note?: string | null
  consent?: { by: string; on: string } | null
}
type ResolutionArgs = {
  matter: MeetingMatter
  memberId?: string | null
  text: string
  decision?: Decision | null
  ballots?: CountedBallots | null
  opinions?: { memberId: string; inFavour: boolean; receivedOn: string; beforeOpening?: boolean | null }[] | null
}

/** What was sent, with ids taken apart and everything named. @throws DomainError BAD_INPUT for an id that is none */
export function readContent(args: ContentArgs): MeetingInput {
  const ids = (list: string[] | null | undefined, field: string) => (list ?? []).map(id => fromId('Member', id, field))
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
    resolutions: (args.resolutions ?? []).map(readResolution),
  }
}

const readResolution = ({ matter, memberId, text, decision, ballots, opinions }: ResolutionArgs) => ({
  matter,
  memberId: optionalId('Member', memberId, 'resolutions.memberId'),
  text,
  decision: decision ?? null,
  ballots: ballots ? { ...ballots } : null,
  opinions: (opinions ?? []).map(({ memberId: of, inFavour, receivedOn, beforeOpening }) => ({
    memberId: fromId('Member', of, 'opinions.memberId'),
    inFavour,
    receivedOn,
    beforeOpening: beforeOpening ?? false,
  })),
})
