import { fromId, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { caseIdOf, payload, requireText, withTold } from '../cases/case-arguments.ts'
import { cancelNotice, closeNotice, decideObjection, openNotice, raiseObjection, requireNotice } from './notices.ts'
import { noticesOf, objectionsOfCase } from './read-notices.ts'

export const noticeResolvers: Resolvers = {
  Organisation: {
    publicNotices: ({ uuid }, _, context) => context.load(noticesOf, uuid),
  },
  PublicNotice: { id: notice => toId('PublicNotice', notice.id) },
  Objection: { id: objection => toId('Objection', objection.id) },
  DevelopmentCase: {
    notice: withTold(
      null,
      one =>
        one.state.notice && { ...one.state.notice, startsOn: one.state.notice.from, endsOn: one.state.notice.until },
    ),
    objections: (kase, _, context) => context.load(objectionsOfCase, kase.id),
  },
  Mutation: {
    openNotice: async (_, { input }, context) => {
      const wanted = { caseId: caseIdOf(input), from: input.from }
      return payload(context, await context.run(openNotice, wanted, input.idempotencyKey))
    },
    closeNotice: async (_, { input }, context) => {
      const wanted = { caseId: caseIdOf(input), on: input.on }
      return payload(context, await context.run(closeNotice, wanted, input.idempotencyKey))
    },
    cancelNotice: async (_, { input }, context) => {
      const wanted = { caseId: caseIdOf(input), reason: requireText('reason', input.reason) }
      return payload(context, await context.run(cancelNotice, wanted, input.idempotencyKey))
    },
    raiseObjection: async (_, { input }, context) => {
      const noticeId = fromId('PublicNotice', input.noticeId, 'noticeId')
      const wanted = { noticeId, content: requireText('content', input.content) }
      // Asked with the caller's own rights too: the use case itself has the county's.
      await context.perform(work => requireNotice(work, noticeId))
      const id = await context.run(raiseObjection, wanted, input.idempotencyKey)
      return { objectionId: toId('Objection', id) }
    },
    decideObjection: async (_, { input }, context) => {
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
