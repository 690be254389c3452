import { connection, fromId, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../../structure/organisations/read-organisations.ts'
import type { Context } from '../../work.ts'
import { giveLifeTheme } from './give-theme.ts'
import { themeById, themeCountAt, themesAt } from './read-themes.ts'
import { withdrawLifeTheme } from './withdraw-theme.ts'

const payload = async (context: Context, id: string) => ({ theme: await context.load(themeById, id) })

export const themeResolvers: Resolvers = {
  Organisation: {
    lifeThemes: ({ id }, args, context) =>
      connection(context, args, {
        of: ['Organisation.lifeThemes', id],
        read: stretch => context.load(themesAt, id, stretch),
        count: () => context.load(themeCountAt, id),
        place: row => [row.id],
      }),
  },
  LifeTheme: {
    id: theme => toId('LifeTheme', theme.id),
    organisation: (theme, _, context) => context.load(organisationById, theme.orgId),
    from: theme => theme.fromDay,
    until: theme => theme.untilDay,
  },
  Mutation: {
    giveLifeTheme: async (_, { input }, context) => {
      const wanted = {
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        ...{ kind: input.kind ?? null, fromDay: input.from, untilDay: input.until },
        ...{ text: input.text, basis: input.basis },
      }
      return payload(context, await context.run(giveLifeTheme, wanted, input.idempotencyKey))
    },
    withdrawLifeTheme: async (_, { input }, context) => {
      const wanted = { id: fromId('LifeTheme', input.id), reason: input.reason }
      return payload(context, await context.run(withdrawLifeTheme, wanted, input.idempotencyKey))
    },
  },
}
