import { connection, ref } from '@linghang/subgraph'
import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import type { Resolvers } from '../../generated/schema-types.ts'
import { countLitBranches, litBranchesOf, packsOf } from './read-lights.ts'
import { litFor } from './why.ts'

const kindTitle = (kind: string, language: 'zh' | 'en'): string =>
  Object.entries(factKinds).find(([key]) => key === kind)?.[1].name[language] ?? kind

export const lightResolvers: Resolvers = {
  LitBranch: {
    organisation: ({ id }) => ref('Organisation', id),
    lights: async ({ packKey, packVersion, scale, lights, litMonths }, _, context) => {
      const packs = (await context.load(packsOf, context.actor.countyId)) ?? []
      const pack = packs.find(({ key, version }) => key === packKey && version === packVersion)
      const rules = pack?.document.scales.find(({ key }) => key === scale)
      return litFor(rules, lights, litMonths).map(({ missing, ...light }) => ({
        ...light,
        missing: missing === null ? null : kindTitle(missing, context.language === 'en' ? 'en' : 'zh'),
      }))
    },
  },
  Organisation: {
    litBranches: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.litBranches', uuid],
        read: stretch => context.load(litBranchesOf, uuid, stretch),
        count: () => context.load(countLitBranches, uuid),
        place: ({ code, id }) => [code, id],
      }),
  },
}
