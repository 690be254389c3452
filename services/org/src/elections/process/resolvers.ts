import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { meetingById } from '../../life/meetings/read-meetings.ts'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context } from '../../work.ts'
import { plenaryQuorumOf } from '../settings/settings.ts'
import { namedOf, requireText } from './arguments.ts'
import { cancelElection, requestElectionApproval, withdrawElectionApproval } from './ask-superior.ts'
import { callDelegates } from './call-delegates.ts'
import {
  announceCandidates,
  enterTally,
  holdElectionAssembly,
  moveElection,
  openBallot,
  proposeCandidates,
  recordRecommendations,
  reduceSeats,
  summonElectors,
} from './commands.ts'
import { approvalStages } from './facts.ts'
import { openElection } from './open-election.ts'
import { proposed } from './propose-election.ts'
import { electionById, electionCountAt, electionsAt, type ToldElection } from './read-elections.ts'
import { takeElectedSeats } from './seat-elected.ts'
import { stepDates } from './timeline.ts'
import { ballotsDue } from './voting.ts'

const payload = async (context: Context, id: string) => ({ election: await context.load(electionById, id) })
const electionIdOf = (input: { electionId: string }) => fromId('Election', input.electionId, 'electionId')
/** Somebody as the contract has them. */
const person = (memberId: string) => ({ memberId: toId('Member', memberId), member: ref('Member', memberId) })
/** The same by the name under which they were recommended. */
const named = ({ recommended }: ToldElection) => {
  const names = new Map(recommended?.people.map(one => [one.memberId, one.name]))
  return (memberId: string) => ({ ...person(memberId), name: names.get(memberId) ?? null })
}

/** By the names under which their organisations recommended them. */
async function delegatesSeen(context: Context, { units }: ToldElection) {
  const elections = await Promise.all(units.map(({ electionId }) => context.load(electionById, electionId)))
  return elections.flatMap(one => (one?.phase === 'DONE' ? one.elected.map(named(one)) : []))
}

export const electionResolvers: Resolvers = {
  Query: {
    election: (_, { id }, context) => context.load(electionById, fromId('Election', id)),
    electionProposal: async (_, { organisationId, on }, context) => {
      const id = fromId('Organisation', organisationId, 'organisationId')
      const organisation = await context.load(organisationById, id)
      return organisation && context.perform(work => proposed(work, organisation, on ?? null))
    },
  },
  Organisation: {
    elections: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Organisation.elections', id],
        read: async stretch => {
          const rows = await context.load(electionsAt, id, stretch)
          const told = await Promise.all(rows.map(row => context.load(electionById, row.id)))
          return told.flatMap(one => one ?? [])
        },
        count: () => context.load(electionCountAt, id),
        place: one => [one.openedOn, one.id],
      }),
  },
  Election: {
    id: election => toId('Election', election.id),
    organisation: (election, _, context) => context.load(organisationById, election.orgId),
    posts: election => [...election.posts],
    plenaryQuorum: ({ rules }) => plenaryQuorumOf(rules),
    electedBase: ({ rules }) => rules.electedBase,
    steps: stepDates,
    candidates: ({ candidates }) =>
      (candidates?.people ?? []).map(({ memberId, name }) => ({ ...person(memberId), name })),
    proposed: ({ candidates }) =>
      (candidates?.posts ?? []).map(({ post, memberId }) => ({ ...person(memberId), post })),
    announcedUntil: ({ announced }) => announced?.until ?? null,
    assembly: ({ assembly }, _, context) => (assembly ? context.load(meetingById, assembly.meetingId) : null),
    tellers: election => (election.assembly?.tellers ?? []).map(named(election)),
    ballots: ({ ballots }) => [...ballots],
    ballotsDue: election => (election.assembly && election.phase === 'OPEN' ? ballotsDue(election) : []),
    elected: election => election.elected.map(named(election)),
    approvals: ({ approvals }) =>
      approvalStages.flatMap(stage => {
        const asked = approvals[stage]
        return asked ? [{ ...asked, stage, approvalId: toId('Approval', asked.id) }] : []
      }),
    delegateSeats: ({ delegates }) => delegates,
    delegateUnits: ({ units }) => [...units],
    delegates: (election, _, context) => delegatesSeen(context, election),
    congress: ({ congress }, _, context) => congress && context.load(electionById, congress.electionId),
    officers: ({ officers }) => officers.map(({ post, memberId }) => ({ ...person(memberId), post })),
  },
  DelegateUnit: {
    organisation: ({ orgId }, _, context) => context.load(organisationById, orgId),
    election: ({ electionId }, _, context) => context.load(electionById, electionId),
  },
  ElectionStepDate: { papers: ({ papers }) => [...papers] },
  ElectionBallot: {
    due: ({ counted }) => counted?.tally.due ?? null,
    present: ({ counted }) => counted?.tally.present ?? null,
    issued: ({ counted }) => counted?.tally.issued ?? null,
    returned: ({ counted }) => counted?.tally.returned ?? null,
    void: ({ counted }) => counted?.tally.void ?? null,
    votes: ({ counted }) =>
      [
        ...(counted?.tally.candidates ?? []),
        ...(counted?.tally.writeIns ?? []).map(one => ({ ...one, against: 0, abstained: 0 })),
      ].map(({ memberId, ...votes }) => ({ ...votes, ...person(memberId) })),
    outcome: ({ counted }) => counted?.outcome.kind ?? null,
    awaitsSecondEntry: ({ entered }) => entered !== null,
  },
  Mutation: {
    openElection: async (_, { input }, context) => {
      const { idempotencyKey, organisationId, scattered, consentToEqual, reason, delegates, ...plan } = input
      const wanted = {
        ...plan,
        orgId: fromId('Organisation', organisationId, 'organisationId'),
        reason: reason ? requireText('reason', reason) : null,
        delegates: delegates ?? null,
        scattered: scattered ?? false,
        consentToEqual: consentToEqual ?? false,
      }
      return payload(context, await context.run(openElection, wanted, idempotencyKey))
    },
    callDelegates: async (_, { input }, context) => {
      const units = input.units.map(({ organisationId, seats }) => ({
        ...{ orgId: fromId('Organisation', organisationId, 'units'), seats },
      }))
      const wanted = { electionId: electionIdOf(input), units, plannedOn: input.plannedOn }
      return payload(context, await context.run(callDelegates, wanted, input.idempotencyKey))
    },
    moveElection: async (_, { input }, context) => {
      const { plannedOn, reason } = input
      const wanted = { electionId: electionIdOf(input), plannedOn, reason: requireText('reason', reason) }
      return payload(context, await context.run(moveElection, wanted, input.idempotencyKey))
    },
    cancelElection: async (_, { input }, context) => {
      const wanted = { electionId: electionIdOf(input), reason: requireText('reason', input.reason) }
      return payload(context, await context.run(cancelElection, wanted, input.idempotencyKey))
    },
    requestElectionApproval: async (_, { input }, context) => {
      const wanted = { electionId: electionIdOf(input), stage: input.stage }
      return payload(context, await context.run(requestElectionApproval, wanted, input.idempotencyKey))
    },
    withdrawElectionApproval: async (_, { input }, context) => {
      const wanted = { electionId: electionIdOf(input), stage: input.stage }
      return payload(context, await context.run(withdrawElectionApproval, wanted, input.idempotencyKey))
    },
    takeElectedSeats: async (_, { input }, context) => {
      const wanted = { electionId: electionIdOf(input) }
      return payload(context, await context.run(takeElectedSeats, wanted, input.idempotencyKey))
    },
    recordRecommendations: async (_, { input }, context) => {
      const { on, groups, members } = input
      const people = namedOf('people', input.people).map(({ id: memberId, given }) => ({
        ...{ memberId, name: requireText('name', given.name, 50) },
        ...{ groups: given.groups, members: given.members },
      }))
      const wanted = { electionId: electionIdOf(input), on, groups, members, people }
      return payload(context, await context.run(recordRecommendations, wanted, input.idempotencyKey))
    },
    proposeCandidates: async (_, { input }, context) => {
      const memberIds = namedOf(
        'memberIds',
        input.memberIds.map(memberId => ({ memberId })),
      ).map(({ id }) => id)
      const posts = namedOf('posts', input.posts).map(({ id: memberId, given }) => ({ memberId, post: given.post }))
      const wanted = { electionId: electionIdOf(input), memberIds, posts }
      return payload(context, await context.run(proposeCandidates, wanted, input.idempotencyKey))
    },
    announceCandidates: async (_, { input }, context) => {
      const wanted = { electionId: electionIdOf(input), from: input.from, until: input.until }
      return payload(context, await context.run(announceCandidates, wanted, input.idempotencyKey))
    },
    summonElectors: async (_, { input }, context) => {
      const wanted = { electionId: electionIdOf(input), on: input.on, assemblyOn: input.assemblyOn }
      return payload(context, await context.run(summonElectors, wanted, input.idempotencyKey))
    },
    holdElectionAssembly: async (_, { input }, context) => {
      const ids = (field: 'tellers' | 'counters') =>
        namedOf(
          field,
          input[field].map(memberId => ({ memberId })),
        ).map(({ id }) => id)
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const wanted = { electionId: electionIdOf(input), meetingId, tellers: ids('tellers'), counters: ids('counters') }
      return payload(context, await context.run(holdElectionAssembly, wanted, input.idempotencyKey))
    },
    openBallot: async (_, { input }, context) => {
      const posts = namedOf('posts', input.posts ?? []).map(({ id: memberId, given }) => ({
        memberId,
        post: given.post,
      }))
      const wanted = { electionId: electionIdOf(input), kind: input.kind, on: input.on, posts }
      return payload(context, await context.run(openBallot, wanted, input.idempotencyKey))
    },
    enterTally: async (_, { input }, context) => {
      const { idempotencyKey, electionId: _id, again, candidates, writeIns, ...counts } = input
      const tally = {
        ...counts,
        candidates: namedOf('candidates', candidates).map(({ id, given }) => ({ ...given, memberId: id })),
        writeIns: namedOf('writeIns', writeIns ?? []).map(({ id, given }) => ({ ...given, memberId: id })),
      }
      const wanted = { electionId: electionIdOf(input), tally, again: again ?? false }
      return payload(context, await context.run(enterTally, wanted, idempotencyKey))
    },
    reduceSeats: async (_, { input }, context) => {
      const wanted = { electionId: electionIdOf(input), consenting: input.consenting }
      return payload(context, await context.run(reduceSeats, wanted, input.idempotencyKey))
    },
  },
}
