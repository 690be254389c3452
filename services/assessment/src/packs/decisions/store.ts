import type { RawTx } from '@linghang/access'
import { anyOf, insertOnce } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import { type PackDocument, packDocument } from '../documents/pack.ts'
import { type DecidedPack, type Decision, type PackInForce, untilOf } from './decision.ts'

const columns = [...(['version', 'kind', 'effectiveFrom', 'title', 'number', 'organ', 'decidedOn', 'packKey'] as const)]

type Row = Decision & { document: unknown }

/** What was published under an earlier form of packs is read by today's: what it could not say is as it is commonly done. */
function inForce({ kind, packKey, document, ...decision }: Row): PackInForce | null {
  return kind === 'PACK' ? { ...decision, key: packKey ?? '', document: packDocument.parse(document) } : null
}

/** Those of a county's decisions, in the order of their days, that are packs. */
const packsIn = (rows: readonly Row[]): DecidedPack[] =>
  rows.flatMap((row, i) => {
    const pack = inForce(row)
    return pack ? { ...pack, until: untilOf(rows, i) } : []
  })

export const packStore = {
  /** The pack by which a county scores on a day; null where it does not (R2). */
  async inForce(tx: RawTx, countyId: string, day: string): Promise<PackInForce | null> {
    const row = await sqlOf(tx)
      .selectFrom('packDecision')
      .select([...columns, 'document'])
      .where('countyId', '=', countyId)
      .where('effectiveFrom', '<=', day)
      .orderBy('effectiveFrom', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ? inForce(row) : null
  },

  /** All packs of a county with their documents, in the order of their days; `until` the last day, null where it is not known. */
  async decided(tx: RawTx, countyId: string): Promise<DecidedPack[]> {
    const rows = await sqlOf(tx)
      .selectFrom('packDecision')
      .select([...columns, 'document'])
      .where('countyId', '=', countyId)
      .orderBy('effectiveFrom')
      .execute()
    return packsIn(rows)
  },

  /** The same of many counties; one statement for all. */
  async decidedOf(tx: RawTx, countyIds: readonly string[]): Promise<Map<string, DecidedPack[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('packDecision')
      .select([...columns, 'document', 'countyId'])
      .where('countyId', '=', anyOf(countyIds))
      .orderBy('effectiveFrom')
      .execute()
    return new Map([...Map.groupBy(rows, ({ countyId }) => countyId)].map(([id, all]) => [id, packsIn(all)]))
  },

  /** What a county has decided, the newest day first, without documents. */
  versions: (tx: RawTx, countyId: string, most: number): Promise<Decision[]> =>
    sqlOf(tx)
      .selectFrom('packDecision')
      .select(columns)
      .where('countyId', '=', countyId)
      .orderBy('effectiveFrom', 'desc')
      .limit(most)
      .execute(),

  /** Numbers are given one after the other: two decisions at once wait for each other. */
  async nextVersion(tx: RawTx, countyId: string): Promise<number> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`pack-decision/${countyId}`}, 0))::text`.execute(
      sqlOf(tx),
    )
    const { last } = await sqlOf(tx)
      .selectFrom('packDecision')
      .select(({ fn }) => fn.max('version').as('last'))
      .where('countyId', '=', countyId)
      .executeTakeFirstOrThrow()
    return (last ?? 0) + 1
  },

  /** @returns false where the county has decided for that day */
  insert: (
    tx: RawTx,
    decision: Decision & { document: PackDocument | null; countyId: string; setBy: string | null; setAt: Date },
  ): Promise<boolean> =>
    insertOnce(
      sqlOf(tx)
        .insertInto('packDecision')
        .values({ ...decision, document: decision.document === null ? null : JSON.stringify(decision.document) }),
    ),
}
