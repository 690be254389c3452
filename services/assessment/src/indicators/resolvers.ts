import { fromId, type ResolverMap } from '@linghang/subgraph'
import type { Context } from '../work.ts'
import { indicatorsOfMember, indicatorsOfOrganisation } from './read-indicators.ts'

export const indicatorResolvers: ResolverMap = {
  Organisation: {
    __resolveReference: ({ id }: { id: string }) => ({ id, uuid: fromId('Organisation', id) }),
    indicators: (organisation: { uuid: string }, _: unknown, context: Context) =>
      context.load(indicatorsOfOrganisation, organisation.uuid),
  },
  Member: {
    __resolveReference: ({ id }: { id: string }) => ({ id, uuid: fromId('Member', id) }),
    indicators: (member: { uuid: string }, _: unknown, context: Context) =>
      context.load(indicatorsOfMember, member.uuid),
  },
}
