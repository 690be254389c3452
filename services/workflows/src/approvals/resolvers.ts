import { approvalRules } from '@linghang/rulebook'
import { connection, type DomainError, fromId, optionalId, ref, toId } from '@linghang/subgraph'
import type { ApprovalFilter, DecideApprovalInput, QueryApprovalsArgs, Resolvers } from '../generated/schema-types.ts'
import type { Context } from '../work.ts'
import { wantsMeeting } from './committee-vote.ts'
import { type Decision, decideApproval } from './decide-approval.ts'
import { decideApprovals } from './decide-approvals.ts'
import { type ApprovalCount, approvalById, countApprovals, historyOfApproval, listApprovals } from './read-approvals.ts'

const filterOf = (input: ApprovalFilter | null | undefined) => ({
  kinds: input?.kinds ?? null,
  states: input?.states ?? null,
  orgId: optionalId('Organisation', input?.organisationId, 'organisationId'),
  below: input?.below ?? true,
  overdue: input?.overdue ?? false,
  mine: input?.mine ?? false,
})

const decisionOf = ({ id, outcome, decidedOn, reason, meetingId }: DecideApprovalInput): Decision => ({
  approvalId: fromId('Approval', id),
  outcome,
  decidedOn: decidedOn ?? null,
  reason: reason ?? null,
  meetingId: optionalId('Meeting', meetingId, 'meetingId'),
})

const refusalOf = ({ code, texts, params }: DomainError, context: Context) => ({
  code,
  message: context.language === 'en' ? texts.en : texts.zh,
  params: Object.entries(params).map(([name, value]) => ({ name, value: String(value) })),
})

async function listed(args: QueryApprovalsArgs, context: Context) {
  const filter = filterOf(args.filter)
  let counting: Promise<ApprovalCount[]> | undefined
  const counted = () => {
    counting ??= context.perform(work => countApprovals(work, filter))
    return counting
  }
  const page = await connection(context, args, {
    of: ['Query.approvals', filter],
    read: stretch => context.perform(work => listApprovals(work, filter, stretch)),
    count: async () => (await counted()).reduce((sum, { count }) => sum + count, 0),
    place: row => [row.dueOn, row.id],
  })
  return { ...page, counted }
}

/** Whom or what a date or a reminder is about. An approval is ours: it is given whole. */
async function subjectOf(
  { subjectType, subjectId }: { subjectType: string; subjectId: string },
  _: object,
  context: Context,
) {
  if (subjectType === 'APPROVAL') {
    const approval = await context.load(approvalById, subjectId)
    return approval && { __typename: 'Approval' as const, ...approval }
  }
  if (subjectType === 'SPENDING') return ref('DuesSpending', subjectId)
  if (subjectType === 'ELECTION') return ref('Election', subjectId)
  if (subjectType === 'APPEAL') return ref('Appeal', subjectId)
  if (subjectType === 'BOARD_TALK') return ref('BoardTalk', subjectId)
  if (subjectType === 'NAMING_REQUEST') return ref('NamingRequest', subjectId)
  return ref(subjectType === 'MEMBER' ? 'Member' : 'Organisation', subjectId)
}

export const approvalResolvers: Resolvers = {
  Query: {
    approvals: (_, args, context) => listed(args, context),
    approval: (_, { id }, context) => context.load(approvalById, fromId('Approval', id)),
  },
  Approval: {
    id: approval => toId('Approval', approval.id),
    ref: approval => toId('Approval', approval.id),
    subject: ({ subjectType, subjectId }) => ref(subjectType, subjectId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    office: ({ role, deciderOrgId }) => ({ role, orgId: deciderOrgId }),
    reasonsWantedFor: ({ kind }) => approvalRules[kind].reasonFor,
    meetingWanted: wantsMeeting,
    history: ({ id }, _, context) => context.load(historyOfApproval, id),
  },
  ApprovalEvent: {
    on: event => event.happenedOn,
    account: event => ref('Account', event.accountId),
    delegated: event => event.delegationId !== null,
    meeting: event => ref('Meeting', event.meetingId),
  },
  ApprovalConnection: { counts: ({ counted }) => counted() },
  ApprovalDecisionResult: {
    id: ({ approvalId }) => toId('Approval', approvalId),
    approval: ({ approvalId }, _, context) => context.load(approvalById, approvalId),
    refusal: ({ refusal }, _, context) => refusal && refusalOf(refusal, context),
  },
  Deadline: { subject: subjectOf },
  Reminder: { subject: subjectOf },
  Mutation: {
    decideApproval: async (_, { input }, context) => {
      const id = await context.run(decideApproval, decisionOf(input), input.idempotencyKey)
      return { approval: await context.load(approvalById, id) }
    },
    decideApprovals: async (_, { input }, context) => {
      const decisions = input.decisions.map(decisionOf)
      return { results: await decideApprovals(context, decisions, input.idempotencyKey ?? null) }
    },
  },
}
