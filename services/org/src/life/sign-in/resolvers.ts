import { fromId, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { readExpected, readSignInKeys } from './read-sign-ins.ts'
import { registerSignInKey } from './register-key.ts'
import { synchroniseSignIns } from './synchronise-sign-ins.ts'

export const signInResolvers: Resolvers = {
  Query: {
    signInKeys: async (_, { meetingId }, context) => {
      const id = fromId('Meeting', meetingId, 'meetingId')
      const expected = await context.perform(work => readExpected(work, id))
      // Keys are their holders' to see; of whose meeting it is, the keeper's own rights have said.
      return context.perform(work => readSignInKeys(work, expected), { rights: 'COUNTY' })
    },
  },
  SignInKey: {
    memberId: key => toId('Member', key.memberId),
    publicKey: key => Buffer.from(key.publicKey).toString('base64url'),
  },
  Mutation: {
    registerSignInKey: async (_, { input }, context) => {
      const memberId = await context.run(registerSignInKey, { publicKey: input.publicKey }, input.idempotencyKey)
      return { memberId: toId('Member', memberId) }
    },
    synchroniseSignIns: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const scans = input.scans.map(({ code, readAt }) => ({ code, readAt: new Date(readAt) }))
      const outcomes = await context.run(synchroniseSignIns, { meetingId, scans }, input.idempotencyKey)
      return { outcomes, meeting: await context.load(meetingById, meetingId) }
    },
  },
}
