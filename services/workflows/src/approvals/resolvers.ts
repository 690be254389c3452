import { type ApprovalKind, approvalRules } from '@linghang/rulebook'
import {
  type DomainError,
  fromId,
  openPage,
  optionalId,
  type PageArgs,
  type ResolverMap,
  toId,
} from '@linghang/subgraph'
import { addressOf } from '../offices/office-address.ts'
import type { SubjectType } from '../time/watch/subject.ts'
import type { Context } from '../work.ts'
import type { Approval, ApprovalEvent, ApprovalState, Outcome } from './approval.ts'
import { type Decision, decideApproval } from './decide-approval.ts'
import { decideApprovals, decisionsAtMost } from './decide-approvals.ts'
import { fail } from './errors.ts'
import { type ApprovalCount, approvalById, countApprovals, historyOfApproval, listApprovals } from './read-approvals.ts'

type FilterInput = {
  kinds?: ApprovalKind[] | null
  states?: ApprovalState[] | null
  organisationId?: string | null
  below?: boolean | null
  overdue?: boolean | null
  mine?: boolean | null
}
type DecisionInput = {
  id: string
  outcome: Outcome
  decidedOn?: string | null
  reason?: string | null
  meetingId?: string | null
}

const filterOf = (input: FilterInput | null | undefined) => ({
  kinds: input?.kinds ?? null,
  states: input?.states ?? null,
  orgId: optionalId('Organisation', input?.organisationId, 'organisationId'),
  below: input?.below ?? true,
  overdue: input?.overdue ?? false,
  mine: input?.mine ?? false,
})

const decisionOf = ({ id, outcome, decidedOn, reason, meetingId }: DecisionInput): Decision => ({
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

const subjectIds = {
  DevelopmentCase: (id: string) => `DevelopmentCase:${id}`,
  Member: (id: string) => toId('Member', id),
  Organisation: (id: string) => toId('Organisation', id),
}

async function listed(args: PageArgs & { filter?: FilterInput | null }, context: Context) {
  const filter = filterOf(args.filter)
  const { stretch, page } = openPage(context.cursors, ['Query.approvals', filter], args)
  const rows = await context.perform(work => listApprovals(work, filter, stretch))
  let counted: Promise<ApprovalCount[]> | undefined
  const counts = () => {
    counted ??= context.perform(work => countApprovals(work, filter))
    return counted
  }
  const total = async () => (await counts()).reduce((sum, { count }) => sum + count, 0)
  return { ...page(rows, row => [row.dueOn, row.id], total), counts }
}

/** Whom or what a date or a reminder is about. An approval is ours: it is given whole. */
async function subjectOf(
  { subjectType, subjectId }: { subjectType: SubjectType; subjectId: string },
  _: unknown,
  context: Context,
) {
  if (subjectType === 'APPROVAL') {
    const approval = await context.load(approvalById, subjectId)
    return approval && { __typename: 'Approval', ...approval }
  }
  return subjectType === 'MEMBER'
    ? { __typename: 'Member', id: toId('Member', subjectId) }
    : { __typename: 'Organisation', id: toId('Organisation', subjectId) }
}

export const approvalResolvers: ResolverMap = {
  Query: {
    approvals: (_: unknown, args: PageArgs & { filter?: FilterInput | null }, context: Context) =>
      listed(args, context),
    approval: (_: unknown, { id }: { id: string }, context: Context) =>
      context.load(approvalById, fromId('Approval', id)),
  },
  Approval: {
    id: (approval: Approval) => toId('Approval', approval.id),
    ref: (approval: Approval) => toId('Approval', approval.id),
    subject: ({ subjectType, subjectId }: Approval) => ({
      __typename: subjectType,
      id: subjectIds[subjectType](subjectId),
    }),
    organisation: ({ orgId }: Approval) => ({ id: toId('Organisation', orgId) }),
    office: ({ role, deciderOrgId }: Approval, _: unknown, context: Context) => addressOf(context, role, deciderOrgId),
    reasonsWantedFor: ({ kind }: Approval) => approvalRules[kind].reasonFor,
    meetingWanted: ({ kind }: Approval) => approvalRules[kind].meeting?.wanted ?? false,
    history: ({ id }: Approval, _: unknown, context: Context) => context.load(historyOfApproval, id),
  },
  ApprovalEvent: {
    on: (event: ApprovalEvent) => event.happenedOn,
    account: (event: ApprovalEvent) => event.accountId && { id: toId('Account', event.accountId) },
    delegated: (event: ApprovalEvent) => event.delegationId !== null,
    meeting: (event: ApprovalEvent) => event.meetingId && { id: toId('Meeting', event.meetingId) },
  },
  Deadline: { subject: subjectOf },
  Reminder: { subject: subjectOf },
  Mutation: {
    decideApproval: async (
      _: unknown,
      { input }: { input: DecisionInput & { idempotencyKey?: string | null } },
      context: Context,
    ) => {
      const id = await context.run(decideApproval, decisionOf(input), input.idempotencyKey)
      return { approval: await context.load(approvalById, id) }
    },
    decideApprovals: async (
      _: unknown,
      { input }: { input: { decisions: DecisionInput[]; idempotencyKey?: string | null } },
      context: Context,
    ) => {
      if (input.decisions.length > decisionsAtMost)
        fail('BAD_INPUT', {
          ...{ field: 'decisions', found: input.decisions.length },
          wanted: `at most ${decisionsAtMost}`,
          wantedZh: `最多 ${decisionsAtMost} 项`,
        })
      const decisions = input.decisions.map(decisionOf)
      const outcomes = await decideApprovals(context, decisions, input.idempotencyKey ?? null)
      return {
        results: outcomes.map(({ approvalId, refusal }) => ({
          id: toId('Approval', approvalId),
          approval: () => context.load(approvalById, approvalId),
          refusal: refusal && refusalOf(refusal, context),
        })),
      }
    },
  },
}
