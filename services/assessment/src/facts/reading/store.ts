import { anyOf, type Stretch, stretchUnder } from '@linghang/database'
import type { RawBuilder } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Attribute } from '../fact.ts'
import type { FactKind } from '../kinds/fact-kinds.ts'

export type FactFilter = { kind: FactKind | null; from: string | null; until: string | null }

/** A fact as it is read one by one, with its place in the list. */
export type KeptFact = {
  toldAs: string
  sourceId: string
  n: number
  sourceType: string
  sourceVersion: bigint
  subjectId: string
  orgId: string
  kind: string
  day: string
  quantity: number
  attributes: Readonly<Record<string, Attribute>>
}

/** Whose own facts are seen, and where others' are. */
type Sight = { ownId: string | null; orgIds: readonly string[] }

const columns = [
  ...(['toldAs', 'sourceId', 'n', 'sourceType', 'sourceVersion', 'subjectId', 'orgId', 'kind', 'day'] as const),
  ...(['quantity', 'attributes'] as const),
]

const seen = (tx: Tx, countyId: string, { ownId, orgIds }: Sight, { kind, from, until }: FactFilter) => {
  let facts = sqlOf(tx)
    .selectFrom('factNow')
    .where('countyId', '=', countyId)
    .where(({ eb, or, and }) =>
      or([
        eb('orgId', '=', anyOf(orgIds)),
        ...(ownId === null ? [] : [and([eb('subjectType', '=', 'MEMBER'), eb('subjectId', '=', ownId)])]),
      ]),
    )
  if (kind !== null) facts = facts.where('kind', '=', kind)
  if (from !== null) facts = facts.where('day', '>=', from)
  if (until !== null) facts = facts.where('day', '<=', until)
  return facts
}

/** Facts one by one, for people to read. */
export const readingStore = {
  /** At which organisations facts of these are. */
  async placesOf(tx: Tx, countyId: string, subjectIds: readonly string[]): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('factNow')
      .select('orgId')
      .distinct()
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(subjectIds))
      .execute()
    return rows.map(({ orgId }) => orgId)
  },

  of: (
    tx: Tx,
    countyId: string,
    subjectIds: readonly string[],
    sight: Sight,
    filter: FactFilter,
    stretch: Stretch,
  ): Promise<Map<string, KeptFact[]>> =>
    stretchUnder(
      sqlOf(tx),
      subjectIds,
      (subjectId: RawBuilder<string>) =>
        seen(tx, countyId, sight, filter).select(columns).where('subjectId', '=', subjectId),
      stretch,
      { by: ['day', 'sourceId', 'toldAs', 'n'], descending: true },
    ),

  async count(
    tx: Tx,
    countyId: string,
    subjectIds: readonly string[],
    sight: Sight,
    filter: FactFilter,
  ): Promise<Map<string, number>> {
    const rows = await seen(tx, countyId, sight, filter)
      .select(({ fn, cast }) => ['subjectId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('subjectId', '=', anyOf(subjectIds))
      .groupBy('subjectId')
      .execute()
    return new Map(rows.map(({ subjectId, count }) => [subjectId, count]))
  },
}
