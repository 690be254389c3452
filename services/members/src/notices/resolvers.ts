import { fromId, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import {
  caseIdOf,
  type Input,
  type OrganisationReference,
  orgOf,
  payload,
  requireText,
  withTold,
} from '../development/case-arguments.ts'
import type { SeenCase } from '../development/read-cases.ts'
import type { NoticeRow } from './store.ts'

export const noticeResolvers = {
  Organisation: {
    publicNotices: (organisation: OrganisationReference, _: unknown, context: Context) =>
      context.load.publicNotices(orgOf(organisation)),
  },
  PublicNotice: { id: (notice: NoticeRow) => toId('PublicNotice', notice.id) },
  Objection: { id: (objection: { id: string }) => toId('Objection', objection.id) },
  DevelopmentCase: {
    notice: withTold<unknown>(
      null,
      one =>
        one.state.notice && { ...one.state.notice, startsOn: one.state.notice.from, endsOn: one.state.notice.until },
    ),
    objections: (kase: SeenCase, _: unknown, context: Context) => context.load.objections(kase.id),
  },
  Mutation: {
    openNotice: async (_: unknown, { input }: Input<{ caseId: string; from: string }>, context: Context) => {
      const wanted = { caseId: caseIdOf(input), from: input.from }
      return payload(context, await context.rooms.openNotice(context.actor, wanted, input.idempotencyKey ?? null))
    },
    closeNotice: async (_: unknown, { input }: Input<{ caseId: string; on: string }>, context: Context) => {
      const wanted = { caseId: caseIdOf(input), on: input.on }
      return payload(context, await context.rooms.closeNotice(context.actor, wanted, input.idempotencyKey ?? null))
    },
    cancelNotice: async (_: unknown, { input }: Input<{ caseId: string; reason: string }>, context: Context) => {
      const wanted = { caseId: caseIdOf(input), reason: requireText('reason', input.reason) }
      return payload(context, await context.rooms.cancelNotice(context.actor, wanted, input.idempotencyKey ?? null))
    },
    raiseObjection: async (_: unknown, { input }: Input<{ noticeId: string; content: string }>, context: Context) => {
      const wanted = {
        noticeId: fromId('PublicNotice', input.noticeId, 'noticeId'),
        content: requireText('content', input.content),
      }
      const id = await context.rooms.raiseObjection(context.actor, wanted, input.idempotencyKey ?? null)
      return { objectionId: toId('Objection', id) }
    },
    decideObjection: async (
      _: unknown,
      { input }: Input<{ caseId: string; objectionId: string; answer: string; upheld: boolean }>,
      context: Context,
    ) => {
      const wanted = {
        caseId: caseIdOf(input),
        objectionId: fromId('Objection', input.objectionId, 'objectionId'),
        answer: requireText('answer', input.answer),
        upheld: input.upheld,
      }
      return payload(context, await context.rooms.decideObjection(context.actor, wanted, input.idempotencyKey ?? null))
    },
  },
}
