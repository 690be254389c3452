import { fromId, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { meetingById } from '../meetings/read-meetings.ts'
import { answerRecordRemark, settleRecordRemark } from './answer-remark.ts'
import { leaveRecordRemark } from './leave-remark.ts'
import { openRemarksOf, recordRemarksOf, remarksOpenAt } from './read-remarks.ts'
import { isOverdue } from './remark.ts'

const payload = async (context: Context, id: string) => ({ meeting: await context.load(meetingById, id) })

export const remarkResolvers: Resolvers = {
  Meeting: { recordRemarks: ({ id }, _, context) => context.load(recordRemarksOf, id) },
  Organisation: { remarksToAnswer: ({ id }, _, context) => context.load(remarksOpenAt, id) },
  LifeLedger: { openRemarks: ({ orgId, year }, _, context) => context.load(openRemarksOf, orgId, year) },
  RecordRemark: {
    id: remark => toId('RecordRemark', remark.id),
    meeting: ({ meetingId }, _, context) => context.load(meetingById, meetingId),
    overdue: (remark, _, { today }) => isOverdue(remark, today),
  },
  Mutation: {
    leaveRecordRemark: async (_, { input }, context) => {
      const meetingId = fromId('Meeting', input.meetingId, 'meetingId')
      const wanted = { meetingId, text: input.text, dueOn: input.dueOn ?? null }
      return payload(context, await context.run(leaveRecordRemark, wanted, input.idempotencyKey))
    },
    answerRecordRemark: async (_, { input }, context) => {
      const wanted = { id: fromId('RecordRemark', input.remarkId, 'remarkId'), text: input.text }
      return payload(context, await context.run(answerRecordRemark, wanted, input.idempotencyKey))
    },
    settleRecordRemark: async (_, { input }, context) => {
      const wanted = { id: fromId('RecordRemark', input.remarkId, 'remarkId'), note: input.note ?? null }
      return payload(context, await context.run(settleRecordRemark, wanted, input.idempotencyKey))
    },
  },
}
