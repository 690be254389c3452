import { stepKeys } from '@linghang/rulebook'
import { fromId, mayEnter, optionalId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { memberById } from '../../register/people/read-members.ts'
import type { Context } from '../../work.ts'
import { requestApproval, withdrawApproval } from './ask-approval.ts'
import { assignPeople, declareRelatives } from './assign-people.ts'
import { caseIdOf, payload, requireFew, requireText, withTold } from './case-arguments.ts'
import { casesAt } from './case-connection.ts'
import { type CompleteStep, completeStep } from './complete-step.ts'
import { endCase, reopenStep } from './end-case.ts'
import { openDevelopmentCase } from './open-case.ts'
import { postponeConversion } from './postpone-conversion.ts'
import { caseById, casesOfMember, ownOrganisations, planOf, statisticsOf } from './read-cases.ts'
import { recordReview } from './record-review.ts'
import { historyAtMost, toFact, toFinding, toStep } from './tell-steps.ts'
import { termHandedIn } from './watched-dates.ts'

const people = (ids: readonly string[], context: Context) => Promise.all(ids.map(id => context.load(memberById, id)))

export const developmentResolvers: Resolvers = {
  Node: {
    __resolveType: node => ('waitingOn' in node ? 'DevelopmentCase' : 'sha256' in node ? 'Material' : 'Member'),
  },
  Query: {
    developmentCase: (_, args, context) => context.load(caseById, fromId('DevelopmentCase', args.id)),
    developmentCases: async (_, args, context) => {
      const orgId = optionalId('Organisation', args.organisationId, 'organisationId')
      const orgIds = orgId === null ? await context.perform(ownOrganisations) : [orgId]
      return casesAt('Query', requireFew('organisations', orgIds), args, true, context)
    },
  },
  Organisation: {
    developmentCases: ({ uuid }, args, context) => casesAt('Organisation', [uuid], args, args.below ?? true, context),
    developmentStatistics: ({ uuid }, _, context) => context.load(statisticsOf, uuid),
    developmentPlan: ({ uuid }, _, context) => context.load(planOf, uuid),
  },
  Member: {
    developmentCases: ({ id }, _, context) => context.load(casesOfMember, id),
  },
  DevelopmentCase: {
    id: kase => toId('DevelopmentCase', kase.id),
    ref: kase => toId('DevelopmentCase', kase.id),
    member: (kase, _, context) => context.load(memberById, kase.memberId),
    organisation: async (kase, _, context) =>
      (await context.load(mayEnter, kase.orgId)) ? ref('Organisation', kase.orgId) : null,
    overdue: (kase, _, context) => kase.phase === 'OPEN' && kase.dueOn !== null && kase.dueOn < context.today,
    steps: withTold([], (one, context) => stepKeys.map(key => toStep(context, one, key))),
    openStep: withTold(null, (one, context) => (one.state.openStep ? toStep(context, one, one.state.openStep) : null)),
    dates: withTold([], one => {
      const handedIn = termHandedIn(one.state)
      return one.deadlines.map(({ at, ...date }) => ({ ...date, office: date.rule === handedIn ? 'DECIDER' : at }))
    }),
    contacts: withTold([], (one, context) => people(one.state.contacts, context)),
    introducers: withTold([], (one, context) => people(one.state.introducers, context)),
    approval: withTold(
      null,
      one => one.state.approval && { ...one.state.approval, approvalId: toId('Approval', one.state.approval.id) },
    ),
    history: withTold([], one => one.facts.slice(-historyAtMost).map(toFact)),
  },
  Mutation: {
    openDevelopmentCase: async (_, { input }, context) => {
      const wanted = { memberId: fromId('Member', input.memberId, 'memberId'), appliedOn: input.appliedOn }
      return payload(context, await context.run(openDevelopmentCase, wanted, input.idempotencyKey))
    },
    completeStep: async (_, { input }, context) => {
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
    reopenStep: async (_, { input }, context) => {
      const wanted = { caseId: caseIdOf(input), step: input.step, reason: requireText('reason', input.reason) }
      return payload(context, await context.run(reopenStep, wanted, input.idempotencyKey))
    },
    assignPeople: async (_, { input }, context) => {
      const memberIds = requireFew('memberIds', input.memberIds).map(id => fromId('Member', id, 'memberIds'))
      const wanted = { caseId: caseIdOf(input), as: input.as, memberIds, on: input.on }
      return payload(context, await context.run(assignPeople, wanted, input.idempotencyKey))
    },
    declareRelatives: async (_, { input }, context) => {
      const memberIds = requireFew('memberIds', input.memberIds).map(id => fromId('Member', id, 'memberIds'))
      const wanted = { caseId: caseIdOf(input), memberIds }
      return payload(context, await context.run(declareRelatives, wanted, input.idempotencyKey))
    },
    recordReview: async (_, { input }, context) => {
      const wanted = { caseId: caseIdOf(input), kind: input.kind, on: input.on }
      return payload(context, await context.run(recordReview, wanted, input.idempotencyKey))
    },
    postponeConversion: async (_, { input }, context) => {
      const wanted = { caseId: caseIdOf(input), until: input.until, reason: input.reason }
      return payload(context, await context.run(postponeConversion, wanted, input.idempotencyKey))
    },
    requestApproval: async (_, { input }, context) => {
      const { on, deliberationMeetingId: meeting } = input
      const deliberationMeetingId = optionalId('Meeting', meeting, 'deliberationMeetingId')
      const wanted = { caseId: caseIdOf(input), on, deliberationMeetingId }
      return payload(context, await context.run(requestApproval, wanted, input.idempotencyKey))
    },
    withdrawApproval: async (_, { input }, context) =>
      payload(context, await context.run(withdrawApproval, { caseId: caseIdOf(input) }, input.idempotencyKey)),
    endDevelopmentCase: async (_, { input }, context) => {
      const wanted = { caseId: caseIdOf(input), reason: input.reason, on: input.on }
      return payload(context, await context.run(endCase, wanted, input.idempotencyKey))
    },
  },
}
