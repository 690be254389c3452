import { type StepKey, stepKeys } from '@linghang/rulebook'
import { fromId, optionalId, type ResolverMap, toId } from '@linghang/subgraph'
import { mayEnter, memberById } from '../../register/people/read-members.ts'
import type { Context } from '../../work.ts'
import { requestApproval, withdrawApproval } from './ask-approval.ts'
import { assignPeople, declareRelatives } from './assign-people.ts'
import {
  caseIdOf,
  type Input,
  type OrganisationReference,
  orgOf,
  payload,
  requireFew,
  requireText,
  withTold,
} from './case-arguments.ts'
import type { Ending } from './case-commands.ts'
import { type CasesArgs, connection } from './case-connection.ts'
import { type CompleteStep, completeStep } from './complete-step.ts'
import { endCase, reopenStep } from './end-case.ts'
import type { Evidence, ReviewKind } from './facts.ts'
import { openDevelopmentCase } from './open-case.ts'
import { postponeConversion } from './postpone-conversion.ts'
import { caseById, casesOfMember, ownOrganisations, planOf, type SeenCase, statisticsOf } from './read-cases.ts'
import { recordReview } from './record-review.ts'
import { historyAtMost, toFact, toFinding, toStep } from './tell-steps.ts'
import { termHandedIn } from './watched-dates.ts'

export const people = (ids: readonly string[], context: Context) =>
  Promise.all(ids.map(id => context.load(memberById, id)))

const idOf = (kase: { id: string }) =>
  kase.id.startsWith('DevelopmentCase:') ? kase.id : toId('DevelopmentCase', kase.id)

export const developmentResolvers: ResolverMap = {
  Node: {
    __resolveType: (node: object) =>
      'waitingOn' in node ? 'DevelopmentCase' : 'sha256' in node ? 'Material' : 'Member',
  },
  Query: {
    developmentCase: (_: unknown, args: { id: string }, context: Context) =>
      context.load(caseById, fromId('DevelopmentCase', args.id)),
    developmentCases: async (_: unknown, args: CasesArgs & { organisationId?: string | null }, context: Context) => {
      const orgId = optionalId('Organisation', args.organisationId, 'organisationId')
      const orgIds = orgId === null ? await context.perform(ownOrganisations) : [orgId]
      return connection('Query', requireFew('organisations', orgIds), args, true, context)
    },
  },
  Organisation: {
    developmentCases: (organisation: OrganisationReference, args: CasesArgs, context: Context) =>
      connection('Organisation', [orgOf(organisation)], args, args.below ?? true, context),
    developmentStatistics: (organisation: OrganisationReference, _: unknown, context: Context) =>
      context.load(statisticsOf, orgOf(organisation)),
    developmentPlan: (organisation: OrganisationReference, _: unknown, context: Context) =>
      context.load(planOf, orgOf(organisation)),
  },
  Member: {
    developmentCases: (member: { id: string; uuid?: string }, _: unknown, context: Context) =>
      context.load(
        casesOfMember,
        member.uuid ?? (member.id.startsWith('Member:') ? fromId('Member', member.id) : member.id),
      ),
  },
  DevelopmentCase: {
    id: idOf,
    ref: idOf,
    member: (kase: SeenCase, _: unknown, context: Context) => context.load(memberById, kase.memberId),
    organisation: async (kase: SeenCase, _: unknown, context: Context) =>
      (await context.load(mayEnter, kase.orgId)) ? { id: toId('Organisation', kase.orgId), uuid: kase.orgId } : null,
    overdue: (kase: SeenCase, _: unknown, context: Context) =>
      kase.phase === 'OPEN' && kase.dueOn !== null && kase.dueOn < context.today,
    steps: withTold<unknown[]>([], (one, context) => stepKeys.map(key => toStep(context, one, key))),
    openStep: withTold<unknown>(null, (one, context) =>
      one.state.openStep ? toStep(context, one, one.state.openStep) : null,
    ),
    dates: withTold<unknown[]>([], one => {
      const handedIn = termHandedIn(one.state)
      return one.deadlines.map(({ at, ...date }) => ({ ...date, office: date.rule === handedIn ? 'DECIDER' : at }))
    }),
    contacts: withTold<unknown>([], (one, context) => people(one.state.contacts, context)),
    introducers: withTold<unknown>([], (one, context) => people(one.state.introducers, context)),
    approval: withTold<unknown>(
      null,
      one => one.state.approval && { ...one.state.approval, approvalId: toId('Approval', one.state.approval.id) },
    ),
    history: withTold<unknown[]>([], one => one.facts.slice(-historyAtMost).map(toFact)),
  },
  Mutation: {
    openDevelopmentCase: async (
      _: unknown,
      { input }: Input<{ memberId: string; appliedOn: string }>,
      context: Context,
    ) => {
      const wanted = { memberId: fromId('Member', input.memberId, 'memberId'), appliedOn: input.appliedOn }
      return payload(context, await context.run(openDevelopmentCase, wanted, input.idempotencyKey))
    },
    completeStep: async (
      _: unknown,
      {
        input,
      }: Input<{
        caseId: string
        step: StepKey
        on: string
        meetingId?: string | null
        resolutionId?: string | null
        training?: Evidence['training'] | null
        trainingPassed?: boolean | null
        trainingException?: string | null
        conclusion?: 'PASSED' | null
        lateReason?: string | null
        extendedTo?: string | null
      }>,
      context: Context,
    ) => {
      const wanted: CompleteStep = {
        caseId: caseIdOf(input),
        step: input.step,
        on: input.on,
        meetingId: optionalId('Meeting', input.meetingId, 'meetingId'),
        resolutionId: optionalId('MeetingResolution', input.resolutionId, 'resolutionId'),
        training: input.training ?? null,
        trainingPassed: input.trainingPassed ?? null,
        trainingException: input.trainingException ? requireText('trainingException', input.trainingException) : null,
        conclusion: input.conclusion ?? null,
        lateReason: input.lateReason ? requireText('lateReason', input.lateReason) : null,
        extendedTo: input.extendedTo ?? null,
      }
      const done = await context.run(completeStep, wanted, input.idempotencyKey)
      return { ...(await payload(context, done.id)), warnings: done.warnings.map(toFinding(context)) }
    },
    reopenStep: async (
      _: unknown,
      { input }: Input<{ caseId: string; step: StepKey; reason: string }>,
      context: Context,
    ) => {
      const wanted = { caseId: caseIdOf(input), step: input.step, reason: requireText('reason', input.reason) }
      return payload(context, await context.run(reopenStep, wanted, input.idempotencyKey))
    },
    assignPeople: async (
      _: unknown,
      { input }: Input<{ caseId: string; as: 'CONTACT' | 'INTRODUCER'; memberIds: string[]; on: string }>,
      context: Context,
    ) => {
      const memberIds = requireFew('memberIds', input.memberIds).map(id => fromId('Member', id, 'memberIds'))
      const wanted = { caseId: caseIdOf(input), as: input.as, memberIds, on: input.on }
      return payload(context, await context.run(assignPeople, wanted, input.idempotencyKey))
    },
    declareRelatives: async (
      _: unknown,
      { input }: Input<{ caseId: string; memberIds: string[] }>,
      context: Context,
    ) => {
      const memberIds = requireFew('memberIds', input.memberIds).map(id => fromId('Member', id, 'memberIds'))
      const wanted = { caseId: caseIdOf(input), memberIds }
      return payload(context, await context.run(declareRelatives, wanted, input.idempotencyKey))
    },
    recordReview: async (
      _: unknown,
      { input }: Input<{ caseId: string; kind: ReviewKind; on: string }>,
      context: Context,
    ) => {
      const wanted = { caseId: caseIdOf(input), kind: input.kind, on: input.on }
      return payload(context, await context.run(recordReview, wanted, input.idempotencyKey))
    },
    postponeConversion: async (
      _: unknown,
      { input }: Input<{ caseId: string; until: string; reason: string }>,
      context: Context,
    ) => {
      const wanted = { caseId: caseIdOf(input), until: input.until, reason: input.reason }
      return payload(context, await context.run(postponeConversion, wanted, input.idempotencyKey))
    },
    requestApproval: async (
      _: unknown,
      { input }: Input<{ caseId: string; on: string; deliberationMeetingId?: string | null }>,
      context: Context,
    ) => {
      const { on, deliberationMeetingId: meeting } = input
      const deliberationMeetingId = optionalId('Meeting', meeting, 'deliberationMeetingId')
      const wanted = { caseId: caseIdOf(input), on, deliberationMeetingId }
      return payload(context, await context.run(requestApproval, wanted, input.idempotencyKey))
    },
    withdrawApproval: async (_: unknown, { input }: Input<{ caseId: string }>, context: Context) =>
      payload(context, await context.run(withdrawApproval, { caseId: caseIdOf(input) }, input.idempotencyKey)),
    endDevelopmentCase: async (
      _: unknown,
      { input }: Input<{ caseId: string; reason: Ending; on: string }>,
      context: Context,
    ) => {
      const wanted = { caseId: caseIdOf(input), reason: input.reason, on: input.on }
      return payload(context, await context.run(endCase, wanted, input.idempotencyKey))
    },
  },
}
