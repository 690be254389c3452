import {
  type StructureFinding,
  type StructureFindingKind,
  structureFindingKinds,
  structureFindings,
} from '@linghang/rulebook'
import { many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { checkStore } from './store.ts'

/** What is wrong with how each organisation is set up today, for whoever sees it. */
export const findingsOf = many(async ({ tx, supervision, today }: Work, orgIds) => {
  const facts = await checkStore.factsOf(tx, [...(await supervision.seen(orgIds))], today)
  return new Map([...facts].map(([id, of]): [string, StructureFinding[]] => [id, structureFindings(of, today)]))
})

export type FindingCount = { kind: StructureFindingKind; organisations: number }

/** How many organisations at and below each have a finding of a kind; kinds that none has are left out. */
export const findingCountsOf = many(async ({ tx, supervision, today }: Work, orgIds) => {
  const below = await checkStore.below(tx, [...(await supervision.seen(orgIds))])
  const facts = await checkStore.factsOf(tx, [...new Set([...below.values()].flat())], today)
  const kinds = new Map(
    [...facts].map(([id, of]) => [id, new Set(structureFindings(of, today).map(({ kind }) => kind))]),
  )
  const counted = (ids: readonly string[]): FindingCount[] =>
    structureFindingKinds
      .map(kind => ({ kind, organisations: ids.filter(id => kinds.get(id)?.has(kind)).length }))
      .filter(({ organisations }) => organisations > 0)
  return new Map([...below].map(([id, ids]) => [id, counted(ids)]))
})
