import { anyOf } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import { type CaseRow, caseKeys, toCase } from './store.ts'

const ofCounty = (tx: Tx, countyId: string) =>
  sqlOf(tx).selectFrom('developmentCase').where('developmentCase.countyId', '=', countyId)

/** Cases of the register held until the transaction ends, in the order of their ids. */
export const caseLocks = {
  /** Locks the case until the transaction ends. @returns false where there is none that the actor may change */
  async lock(tx: Tx, countyId: string, id: string): Promise<boolean> {
    const held = await ofCounty(tx, countyId).select('id').where('id', '=', id).forUpdate().executeTakeFirst()
    return held !== undefined
  },

  async lockOpenOf(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<CaseRow[]> {
    const rows = await ofCounty(tx, countyId)
      .select(caseKeys)
      .where('memberId', '=', anyOf(memberIds))
      .where('phase', '=', sql.lit('OPEN' as const))
      .orderBy('id')
      .forUpdate()
      .execute()
    return rows.map(toCase)
  },

  /** Locks the newest case of a person, open or not. @returns null where there is none that the actor may change */
  async lockLastOf(tx: Tx, countyId: string, memberId: string): Promise<CaseRow | null> {
    const row = await ofCounty(tx, countyId)
      .select(caseKeys)
      .where('memberId', '=', memberId)
      .orderBy('id', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    return row ? toCase(row) : null
  },

  /**
   * Locks a part of the open cases whose open step follows the policy of a day, by id: at most `size` behind `after`.
   * What came into force later is another policy's.
   */
  async lockUnderPolicy(
    tx: Tx,
    countyId: string,
    { effectiveFrom, after, size }: { effectiveFrom: string; after: string | null; size: number },
  ): Promise<string[]> {
    const rows = await ofCounty(tx, countyId)
      .select('id')
      .where('phase', '=', 'OPEN')
      .where('stepOpenedOn', '>=', effectiveFrom)
      .where('stepOpenedOn', '<', db =>
        db.fn.coalesce(
          db
            .selectFrom('developmentPolicy')
            .select(({ fn }) => fn.min('effectiveFrom').as('next'))
            .where('developmentPolicy.countyId', '=', countyId)
            .where('effectiveFrom', '>', effectiveFrom),
          sql<string>`'infinity'`,
        ),
      )
      .$if(after !== null, cases => cases.where('id', '>', after))
      .orderBy('id')
      .limit(size)
      .forUpdate()
      .execute()
    return rows.map(({ id }) => id)
  },

  /** Locks open cases at or below organisations, by id: at most `size` behind `after`. */
  async lockOpenBelow(
    tx: Tx,
    countyId: string,
    orgIds: readonly string[],
    after: string | null,
    size: number,
  ): Promise<string[]> {
    const rows = await ofCounty(tx, countyId)
      .select('id')
      .where('phase', '=', 'OPEN')
      .where('orgId', 'in', db =>
        db
          .selectFrom('orgNode as below')
          .innerJoin('orgNode as root', join => join.on('below.path', sql`<@`, ({ ref }) => ref('root.path')))
          .select('below.id')
          .where('root.id', '=', anyOf(orgIds))
          .where('root.countyId', '=', countyId),
      )
      .$if(after !== null, cases => cases.where('id', '>', after))
      .orderBy('id')
      .limit(size)
      .forUpdate()
      .execute()
    return rows.map(({ id }) => id)
  },
}
