import { anyOf, countUnder, insertOnce, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { PublicationPolicy } from './policy.ts'
import type { PaidByMember, Publication } from './publication.ts'

const keys = [
  ...(['id', 'orgId', 'year', 'edition', 'replaces', 'reason', 'orgName', 'remarks', 'content'] as const),
  ...(['contentHash', 'publishedOn', 'publishedAt', 'publishedBy'] as const),
]

export const publicationStore = {
  async insert(tx: Tx, countyId: string, publication: Publication): Promise<void> {
    await sqlOf(tx)
      .insertInto('duesPublication')
      .values({ ...publication, countyId })
      .execute()
  },

  async latestOf(
    tx: Tx,
    countyId: string,
    orgId: string,
    year: number,
  ): Promise<{ id: string; edition: number } | null> {
    const found = await sqlOf(tx)
      .selectFrom('duesPublication')
      .select(['id', 'edition'])
      .where('countyId', '=', countyId)
      .where('orgId', '=', orgId)
      .where('year', '=', year)
      .orderBy('edition', 'desc')
      .limit(1)
      .executeTakeFirst()
    return found ?? null
  },

  /** What was received of each member and confirmed in a year, in the order of their ids. */
  async paidByMembers(
    tx: Tx,
    { countyId, orgId, year, most }: { countyId: string; orgId: string; year: number; most: number },
  ): Promise<PaidByMember[]> {
    const rows = await sqlOf(tx)
      .selectFrom('duesPayment')
      .select(({ fn }) => ['memberId', sql<bigint>`(${fn.sum('amountFen')})::bigint`.as('paidFen')])
      .where('countyId', '=', countyId)
      .where('orgId', '=', orgId)
      .where('state', '=', 'CONFIRMED')
      .where('receivedOn', '>=', `${year}-01-01`)
      .where('receivedOn', '<=', `${year}-12-31`)
      .groupBy('memberId')
      .orderBy('memberId')
      .limit(most)
      .execute()
    return rows
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Publication[]> =>
    sqlOf(tx)
      .selectFrom('duesPublication')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** The `size` + 1 publications of a stretch of each organisation's, the newest first; one statement for all. */
  listIn: (tx: Tx, orgIds: readonly string[], stretch: Stretch): Promise<Map<string, Publication[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId => sqlOf(tx).selectFrom('duesPublication').select(keys).where('orgId', '=', orgId),
      stretch,
      { by: ['id'], descending: true },
    ),
  countIn: (tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, orgId =>
      sqlOf(tx).selectFrom('duesPublication').select('id').where('orgId', '=', orgId),
    ),

  /** An organisation and everybody above it: to whose members a branch's members belong as well. */
  async overOwn(tx: Tx, orgId: string): Promise<Set<string>> {
    const { rows } = await sql<{ id: string }>`select id from app.superiors_of(array[${orgId}::uuid])`.execute(
      sqlOf(tx),
    )
    return new Set([orgId, ...rows.map(({ id }) => id)])
  },

  /** What holds on a day: the newest that has begun by then. */
  policyOn: (tx: Tx, countyId: string, day: string): Promise<PublicationPolicy | undefined> =>
    sqlOf(tx)
      .selectFrom('duesPublicationPolicy')
      .select(['effectiveFrom', 'namesMembers', 'basis'])
      .where('countyId', '=', countyId)
      .where('effectiveFrom', '<=', day)
      .orderBy('effectiveFrom', 'desc')
      .limit(1)
      .executeTakeFirst(),

  /** @returns false where the county has one of that day */
  async insertPolicy(
    tx: Tx,
    policy: {
      namesMembers: boolean
      effectiveFrom: string
      basis: string
      countyId: string
      setBy: string | null
      setAt: Date
    },
  ): Promise<boolean> {
    return insertOnce(sqlOf(tx).insertInto('duesPublicationPolicy').values(policy))
  },
}
