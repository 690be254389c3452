import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'

export type Planned = { id: string; kind: string; establishedOn: string | null }

export const ledgerStore = {
  organisations: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Planned[]> =>
    sqlOf(tx)
      .selectFrom('organisation')
      .select(['id', 'kind', 'establishedOn'])
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** The first day on which each of these organisations had people or held a meeting here: before it nothing is known. */
  async firstDays(tx: Tx, orgIds: readonly string[]): Promise<Map<string, string>> {
    const db = sqlOf(tx)
    const stays = await db
      .selectFrom('memberStay')
      .select(({ fn }) => ['orgId', fn.min('toldOn').as('first')])
      .where('orgId', '=', anyOf(orgIds))
      .groupBy('orgId')
      .execute()
    const meetings = await db
      .selectFrom('meeting')
      .select(({ fn }) => ['orgId', fn.min('heldOn').as('first')])
      .where('orgId', '=', anyOf(orgIds))
      .where('state', '=', 'CLOSED')
      .groupBy('orgId')
      .execute()
    const first = new Map<string, string>()
    for (const { orgId, first: day } of [...stays, ...meetings]) {
      const known = first.get(orgId)
      if (day !== null && (known === undefined || day < known)) first.set(orgId, day)
    }
    return first
  },
}
