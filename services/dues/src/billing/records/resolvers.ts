import { monthOf, tellDues } from '@linghang/rulebook'
import { refOf, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { settingsOfDay } from '../settings/read-settings.ts'
import { undecided } from '../settings/settings.ts'
import { explainRecord } from './explain-record.ts'
import { holderOf } from './holder.ts'
import { recordOfMember } from './read-records.ts'

export const recordResolvers: Resolvers = {
  Member: {
    __resolveReference: refOf('Member'),
    duesRecord: ({ uuid }, _, context) => context.load(recordOfMember, uuid),
  },
  DuesRecord: {
    holder: holderOf,
    id: ({ memberId }) => toId('DuesRecord', memberId),
    ref: ({ memberId }) => toId('DuesRecord', memberId),
    explain: async (record, { month }, context) => {
      const on = monthOf(month ?? context.today)
      return explainRecord(record, on, (await context.load(settingsOfDay, on)) ?? undecided)
    },
  },
  DuesExplanation: {
    version: ({ version }) => `V${version}` as const,
    incomeFen: ({ income }) => income?.fen ?? null,
    incomeMonths: ({ income }) => income?.months ?? null,
    text: tellDues,
  },
  DuesBracket: { perMille: ({ perMille }) => Number(perMille) },
}
