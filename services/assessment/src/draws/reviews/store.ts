import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Published, Review } from './review.ts'

const columns = [
  ...(['id', 'orgId', 'branchId', 'drawId', 'state', 'version', 'correction', 'scores', 'points', 'remark'] as const),
  ...(['judgedBy', 'judgedAt', 'readBy', 'readAt', 'returnReason', 'publishedBy', 'publishedAt'] as const),
]
const publishedColumns = [
  ...([
    'reviewId',
    'version',
    'orgId',
    'committeeId',
    'drawId',
    'quarter',
    'list',
    'scores',
    'points',
    'most',
  ] as const),
  ...(['remark', 'correction', 'publishedAt'] as const),
]
type Versioned = { version: bigint }
const counted = <Row extends Versioned>(row: Row) => ({ ...row, version: Number(row.version) })

const ofDraw = (tx: Tx, drawId: RawBuilder<string>) =>
  sqlOf(tx).selectFrom('ledgerReview').select(columns).where('drawId', '=', drawId)
const publishedAt = (tx: Tx, orgId: RawBuilder<string>) =>
  sqlOf(tx)
    .selectFrom('publishedReview as p')
    .select(['p.reviewId', 'p.quarter'])
    .distinct()
    .where('p.orgId', '=', orgId)

export const reviewStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Review[]> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerReview')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
    return rows.map(counted)
  },

  async lock(tx: Tx, countyId: string, id: string): Promise<Review | null> {
    const own = sqlOf(tx).selectFrom('ledgerReview').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    const row = await own.select(columns).executeTakeFirst()
    return row ? counted(row) : null
  },

  /** What was drawn waits to be judged. */
  async begin(
    tx: Tx,
    countyId: string,
    reviews: readonly Pick<Review, 'id' | 'orgId' | 'branchId' | 'drawId'>[],
  ): Promise<void> {
    const rows = reviews.map(review => ({
      ...{ ...review, countyId, state: 'TO_JUDGE' as const, version: 1n, scores: [], points: 0 },
    }))
    const keys = ['id', 'countyId', 'orgId', 'branchId', 'drawId', 'state', 'version', 'scores', 'points'] as const
    await insertBatch(sqlOf(tx), 'ledgerReview', keys, rows).execute()
  },

  async update(tx: Tx, { id, version, scores, ...review }: Review): Promise<void> {
    const { orgId: _o, branchId: _b, drawId: _d, ...changed } = review
    await sqlOf(tx)
      .updateTable('ledgerReview')
      .set({ ...changed, version: BigInt(version), scores: JSON.stringify(scores) })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  async publish(tx: Tx, countyId: string, { scores, version, ...published }: Published): Promise<void> {
    const row = { ...published, countyId, version: BigInt(version), scores: JSON.stringify(scores) }
    await sqlOf(tx).insertInto('publishedReview').values(row).execute()
  },

  /** Every version of each, the newest first. */
  async published(tx: Tx, countyId: string, ids: readonly string[]): Promise<Published[]> {
    const rows = await sqlOf(tx)
      .selectFrom('publishedReview')
      .select(publishedColumns)
      .where('countyId', '=', countyId)
      .where('reviewId', '=', anyOf(ids))
      .orderBy('version', 'desc')
      .execute()
    return rows.map(counted)
  },

  /**
   * How many of a draw are not published, of branches that go on below its committee.
   * @param ended those of which another service has told that they have ended, before the tree here knows it
   */
  async waiting(tx: Tx, drawId: string, ended: readonly string[] = []): Promise<number> {
    const { waiting } = await sqlOf(tx)
      .selectFrom('ledgerReview as r')
      .innerJoin('orgNode as branch', 'branch.id', 'r.branchId')
      .innerJoin('orgNode as committee', join =>
        join.onRef('committee.id', '=', 'r.orgId').on('branch.path', sql`<@`, ({ ref }) => ref('committee.path')),
      )
      .select(({ fn, cast }) => cast<number>(fn.countAll(), 'integer').as('waiting'))
      .where('r.drawId', '=', drawId)
      .where('r.state', '!=', 'PUBLISHED')
      .where('branch.endedOn', 'is', null)
      .where(({ not, eb }) => not(eb('branch.id', '=', anyOf(ended))))
      .executeTakeFirstOrThrow()
    return waiting
  },

  /** Draws in which something of these branches is not published. */
  async drawsWaitingFor(tx: Tx, countyId: string, branchIds: readonly string[]): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerReview')
      .select('drawId')
      .distinct()
      .where('countyId', '=', countyId)
      .where('branchId', '=', anyOf(branchIds))
      .where('state', '!=', 'PUBLISHED')
      .orderBy('drawId')
      .execute()
    return rows.map(({ drawId }) => drawId)
  },

  async ofDraws(tx: Tx, drawIds: readonly string[], stretch: Stretch): Promise<Map<string, Review[]>> {
    const found = await stretchUnder(sqlOf(tx), drawIds, id => ofDraw(tx, id), stretch, { by: ['branchId'] })
    return new Map([...found].map(([drawId, rows]) => [drawId, rows.map(counted)]))
  },
  countOfDraws: (tx: Tx, drawIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), drawIds, id => ofDraw(tx, id)),

  /** Reviews of each branch of which a version is published, the newest quarter first. */
  publishedAt: (
    tx: Tx,
    orgIds: readonly string[],
    stretch: Stretch,
  ): Promise<Map<string, { reviewId: string; quarter: string }[]>> =>
    stretchUnder(sqlOf(tx), orgIds, id => publishedAt(tx, id), stretch, {
      ...{ by: ['quarter', 'reviewId'], descending: true },
    }),
  countPublishedAt: (tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, id => publishedAt(tx, id)),
}
