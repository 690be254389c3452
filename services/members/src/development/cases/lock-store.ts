import type { Tx } from '../../work.ts'
import { type CaseColumns, type CaseRow, caseColumns, toCase } from './store.ts'

/** Cases of the register held until the transaction ends, in the order of their ids. */
export const caseLocks = {
  /** Locks the case until the transaction ends. @returns false where there is none that the actor may change */
  async lock(tx: Tx, countyId: string, id: string): Promise<boolean> {
    const rows = await tx.$queryRawUnsafe<unknown[]>(
      'select 1 from development_case where county_id = $1::uuid and id = $2::uuid for update',
      countyId,
      id,
    )
    return rows.length > 0
  },

  async lockOpenOf(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<CaseRow[]> {
    const rows = await tx.$queryRawUnsafe<CaseColumns[]>(
      `select ${caseColumns} from development_case where county_id = $1::uuid and member_id = any ($2::uuid[]) and phase = 'OPEN' order by id for update`,
      countyId,
      memberIds,
    )
    return rows.map(toCase)
  },

  /** Locks the newest case of a person, open or not. @returns null where there is none that the actor may change */
  async lockLastOf(tx: Tx, countyId: string, memberId: string): Promise<CaseRow | null> {
    const [row] = await tx.$queryRawUnsafe<CaseColumns[]>(
      `select ${caseColumns} from development_case where county_id = $1::uuid and member_id = $2::uuid order by id desc limit 1 for update`,
      countyId,
      memberId,
    )
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
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `select id from development_case where county_id = $1::uuid and phase = 'OPEN' and step_opened_on >= $2::date
         and step_opened_on < coalesce((select min(effective_from) from development_policy where county_id = $1::uuid
           and effective_from > $2::date), 'infinity')
         and ($3::uuid is null or id > $3::uuid)
       order by id limit $4 for update`,
      countyId,
      effectiveFrom,
      after,
      size,
    )
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
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `select c.id from development_case c where c.county_id = $1::uuid and c.phase = 'OPEN' and ($3::uuid is null or c.id > $3::uuid)
         and c.org_id in (select n.id from org_node n join org_node m on n.path <@ m.path where m.id = any ($2::uuid[]) and m.county_id = $1::uuid)
       order by c.id limit $4 for update`,
      countyId,
      orgIds,
      after,
      size,
    )
    return rows.map(({ id }) => id)
  },
}
