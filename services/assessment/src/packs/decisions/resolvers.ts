import { requireCountyAdmin, requireFirst } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { packLibrary } from '../library/library.ts'
import { readPack } from '../validation/findings.ts'
import { comparePacks } from './compare-packs.ts'
import type { DecidedPack } from './decision.ts'
import { endScoring } from './end-scoring.ts'
import { fail } from './errors.ts'
import { publishPack } from './publish-pack.ts'
import { packOfDay, packOfVersion, readDecisions } from './read-packs.ts'
import { shownScale } from './shown.ts'

const settingsOn = async (context: Context, day: string) => ({
  pack: await context.load(packOfDay, day),
})

async function published(context: Context, version: number): Promise<DecidedPack> {
  const pack = await context.load(packOfVersion, `${version}`)
  return pack ?? fail('NOT_FOUND', { what: 'pack', whatZh: '考核办法' })
}

export const packResolvers: Resolvers = {
  AssessmentPack: {
    title: ({ document }) => document.title,
    summary: ({ document }) => document.summary,
    period: ({ document }) => document.period,
    draw: ({ document }) => document.draw ?? null,
    decision: pack => ({ ...pack, kind: 'PACK' as const, packKey: pack.key }),
    scales: ({ document }) => document.scales.map(shownScale),
    document: ({ document }) => JSON.stringify(document),
  },
  LibraryPack: {
    scales: ({ scales }) => scales.map(shownScale),
    document: document => JSON.stringify(document, null, 2),
  },
  PackDraw: { items: ({ items }) => items ?? [] },
  PackScale: { for: scale => scale.for ?? null, cap: ({ cap }) => cap ?? null },
  PackGroup: { cap: ({ cap }) => cap ?? null },
  PackIndicator: {
    when: ({ when }) => when ?? null,
    cap: ({ cap }) => cap ?? null,
    capOfYear: ({ capPer }) => capPer === 'YEAR',
    absenceCounts: ({ absence }) => absence === 'COUNTS',
    condition: ({ condition }, _, { language }) => condition[language === 'en' ? 'en' : 'zh'],
  },
  PackFinding: { text: ({ zh, en }, _, { language }) => (language === 'en' ? en : zh) },
  ScoringSettings: {
    isOn: ({ pack }) => pack !== null,
    decisions: (_, { first }, context) => {
      const most = requireFirst(first)
      return context.perform(work => readDecisions(work, most))
    },
  },
  Query: {
    packLibrary: () => [...packLibrary],
    comparePacks: (_, { before, after }, context) => context.perform(work => comparePacks(work, before, after)),
    scoringSettings: (_, { on }, context) => settingsOn(context, on ?? context.today),
    assessmentPack: (_, { on, version }, context) =>
      typeof version === 'number'
        ? context.load(packOfVersion, `${version}`)
        : context.load(packOfDay, on ?? context.today),
    // Who writes packs may have them checked: it takes longer than anything that everybody may ask for.
    checkPack: (_, { document }, context) =>
      context.perform(async work => {
        requireCountyAdmin(work)
        return readPack(document).findings
      }),
  },
  Mutation: {
    publishPack: async (_, { input }, context) => {
      const { idempotencyKey, ...wanted } = input
      return { pack: await published(context, await context.run(publishPack, wanted, idempotencyKey)) }
    },
    endScoring: async (_, { input }, context) => {
      const { idempotencyKey, ...wanted } = input
      await context.run(endScoring, wanted, idempotencyKey)
      return { settings: await settingsOn(context, wanted.effectiveFrom) }
    },
  },
}
