import { fromId, type ResolverMap, toId } from '@linghang/subgraph'
import type { Context } from '../../work.ts'
import {
  caseIdOf,
  type Input,
  type OrganisationReference,
  orgOf,
  payload,
  requireText,
  withTold,
} from '../cases/case-arguments.ts'
import type { SeenCase } from '../cases/read-cases.ts'
import { cancelNotice, closeNotice, decideObjection, openNotice, raiseObjection, requireNotice } from './notices.ts'
import { noticesOf, objectionsOfCase } from './read-notices.ts'
import type { NoticeRow } from './store.ts'

export const noticeResolvers: ResolverMap = {
  Organisation: {
    publicNotices: (organisation: OrganisationReference, _: unknown, context: Context) =>
      context.load(noticesOf, orgOf(organisation)),
  },
  PublicNotice: { id: (notice: NoticeRow) => toId('PublicNotice', notice.id) },
  Objection: { id: (objection: { id: string }) => toId('Objection', objection.id) },
  DevelopmentCase: {
    notice: withTold<unknown>(
      null,
      one =>
        one.state.notice && { ...one.state.notice, startsOn: one.state.notice.from, endsOn: one.state.notice.until },
    ),
    objections: (kase: SeenCase, _: unknown, context: Context) => context.load(objectionsOfCase, kase.id),
  },
  Mutation: {
    openNotice: async (_: unknown, { input }: Input<{ caseId: string; from: string }>, context: Context) => {
      const wanted = { caseId: caseIdOf(input), from: input.from }
      return payload(context, await context.run(openNotice, wanted, input.idempotencyKey))
    },
    closeNotice: async (_: unknown, { input }: Input<{ caseId: string; on: string }>, context: Context) => {
      const wanted = { caseId: caseIdOf(input), on: input.on }
      return payload(context, await context.run(closeNotice, wanted, input.idempotencyKey))
    },
    cancelNotice: async (_: unknown, { input }: Input<{ caseId: string; reason: string }>, context: Context) => {
      const wanted = { caseId: caseIdOf(input), reason: requireText('reason', input.reason) }
      return payload(context, await context.run(cancelNotice, wanted, input.idempotencyKey))
    },
    raiseObjection: async (_: unknown, { input }: Input<{ noticeId: string; content: string }>, context: Context) => {
      const noticeId = fromId('PublicNotice', input.noticeId, 'noticeId')
      const wanted = { noticeId, content: requireText('content', input.content) }
      // Asked with the caller's own rights too: the use case itself has the county's.
      await context.perform(work => requireNotice(work, noticeId))
      const id = await context.run(raiseObjection, wanted, input.idempotencyKey)
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
      return payload(context, await context.run(decideObjection, wanted, input.idempotencyKey))
    },
  },
}
