import { monthOf } from '@linghang/rulebook'
import {
  type AskedOfMonth,
  askedFormResolvers,
  connection,
  type FieldCount,
  fieldsIn,
  sumOfLines,
  timesOf,
  toId,
} from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context } from '../../work.ts'
import { added, createReadAsked } from './read-asked.ts'

export function createAskedResolvers(fields: ReadonlyMap<string, FieldCount>): Resolvers {
  const read = createReadAsked(fields)
  const linesOf = ({ orgId, month }: AskedOfMonth, { load }: Context) => load(read.linesOf, orgId, month)
  return {
    Organisation: {
      askedFor: async ({ id }, { month }, context) =>
        (await context.load(read.monthsOf, id, month ?? context.today))?.[0] ?? null,
      askedBelow: async ({ id }, { month: day, ...args }, context) => {
        const month = monthOf(day ?? context.today)
        const page = await connection(context, args, {
          of: ['Organisation.askedBelow', id, month],
          read: stretch => context.load(read.below, id, month, stretch),
          count: () => context.load(read.countBelow, id, month),
          place: row => [String(row.fields), String(row.times), row.orgId],
        })
        return { ...page, topId: id, month }
      },
    },
    AskedConnection: {
      forms: ({ topId, month }, _, { load }) => load(read.linesBelow, topId, month),
      altogether: async ({ topId, month }, _, { load }) => {
        const own = sumOfLines(await load(read.linesBelow, topId, month))
        const told = await load(read.toldBelow, topId, month)
        return added(told ? [own, told] : [own])
      },
    },
    AskedOfOrganisation: {
      organisationId: ({ orgId }) => toId('Organisation', orgId),
      organisation: ({ orgId }, _, { load }) => load(organisationById, orgId),
      forms: (one, _, context) => linesOf(one, context),
      times: async (one, _, context) => timesOf(await linesOf(one, context)),
      fields: async (one, _, context) => fieldsIn(await linesOf(one, context), 'asked'),
      picked: async (one, _, context) => fieldsIn(await linesOf(one, context), 'picked'),
      known: async (one, _, context) => fieldsIn(await linesOf(one, context), 'known'),
      altogether: async ({ orgId, month }, _, { load }) => (await load(read.altogetherOf, orgId, month)) ?? added([]),
    },
    AskedForm: askedFormResolvers,
  }
}
