import type { Grant, RawTx, Role } from '@linghang/access'
import { anyOf, excluded, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf } from '../work.ts'

export type HeldOffice = {
  id: string
  orgId: string | null
  accountId: string
  role: string
  startsOn: string
  endsOn: string | null
}

export const officeStore = {
  /** Takes over appointments and endings in the order in which they were told; an older one never undoes a newer. */
  async keep(tx: RawTx, countyId: string, offices: readonly (HeldOffice & { toldAt: string })[]): Promise<void> {
    await insertBatch(
      sqlOf(tx),
      'officeHeld',
      ['id', 'countyId', 'orgId', 'accountId', 'role', 'startsOn', 'endsOn', 'toldAt'],
      offices.map(({ toldAt, ...office }) => ({ ...office, countyId, toldAt: new Date(toldAt) })),
    )
      .onConflict(found =>
        found
          .column('id')
          .doUpdateSet(excluded(['endsOn', 'toldAt']))
          .whereRef('excluded.toldAt', '>=', 'officeHeld.toldAt'),
      )
      .execute()
  },

  /** To whom organisations are subordinate; the top one of a county is left out. */
  async superiorsOf(tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode')
      .select(['id', 'superiorId'])
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(orgIds))
      .where('superiorId', 'is not', null)
      .$narrowType<{ superiorId: string }>()
      .execute()
    return new Map(rows.map(({ id, superiorId }) => [id, superiorId]))
  },

  /** The top organisations of a county: one, once its register has begun. */
  async topOf(tx: RawTx, countyId: string): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode')
      .select('id')
      .where('countyId', '=', countyId)
      .where('superiorId', 'is', null)
      .execute()
    return rows.map(({ id }) => id)
  },

  async keepAccounts(tx: RawTx, countyId: string, ids: readonly string[]): Promise<void> {
    const accounts = ids.map(id => ({ id, countyId }))
    await insertBatch(sqlOf(tx), 'accountKnown', ['id', 'countyId'], accounts)
      .onConflict(found => found.column('id').doNothing())
      .execute()
  },

  async knowsAccount(tx: RawTx, id: string): Promise<boolean> {
    const asked = sql<{ known: boolean }>`select app.knows_account(${id}::uuid) as known`
    const { rows } = await asked.execute(sqlOf(tx))
    return rows[0]?.known === true
  },

  async namesOfOffices(tx: RawTx, orgIds: readonly string[]): Promise<Map<string, string>> {
    const named = sql<{ id: string; name: string }>`select id, name from app.names_of_offices(${orgIds}::uuid[])`
    const { rows } = await named.execute(sqlOf(tx))
    return new Map(rows.map(({ id, name }) => [id, name]))
  },

  /** The offices that an account holds on a day: to the day before each ends. */
  heldOn: (tx: RawTx, countyId: string, accountId: string, day: string): Promise<Grant[]> =>
    sqlOf(tx)
      .selectFrom('officeHeld')
      .select(['role', 'orgId'])
      .where('countyId', '=', countyId)
      .where('accountId', '=', accountId)
      .where('startsOn', '<=', day)
      .where(({ eb, or }) => or([eb('endsOn', 'is', null), eb('endsOn', '>', day)]))
      // What the org service tells of is an office of the platform.
      .$narrowType<{ role: Role }>()
      .execute(),
}
