import { livesHere, writeOrgNodes } from '@linghang/access'
import { sqlOf, type Tx } from '../../work.ts'
import type { Organisation } from './organisation.ts'

export const endedStore = {
  /** Writes that an organisation has ended. @returns it as it is now */
  async end(tx: Tx, countyId: string, before: Organisation, endedOn: string, endedInto: string | null) {
    const version = before.version + 1
    const { id, superiorId, code, name, kind, unitKind } = before
    const approves = before.approvalPower?.approves ?? null
    await writeOrgNodes(tx, [{ id, countyId, superiorId, code, name, kind, unitKind, approves, endedOn, version }])
    await sqlOf(tx)
      .updateTable('organisation')
      .set({ endedOn, endedInto, version: BigInt(version) })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
    return { ...before, endedOn, endedInto, version }
  },

  /** When a temporary branch ends by itself. */
  async writeLastDay(tx: Tx, countyId: string, id: string, endsOn: string): Promise<void> {
    await sqlOf(tx)
      .updateTable('organisation')
      .set({ endsOn })
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  /** Temporary branches whose last day is past and that go on; the longest past first. */
  async past(tx: Tx, countyId: string, today: string, most: number): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('organisation')
      .select('id')
      .where('countyId', '=', countyId)
      .where('endedOn', 'is', null)
      .where('endsOn', '<', today)
      .orderBy('endsOn')
      .orderBy('id')
      .limit(most)
      .execute()
    return rows.map(({ id }) => id)
  },

  /** The counties that live here. */
  async counties(tx: Tx): Promise<string[]> {
    const rows = await sqlOf(tx).selectFrom('county').select('id').where(livesHere('county.id')).execute()
    return rows.map(({ id }) => id)
  },

  /** The logins that it keeps are kept by another from now on, or nobody could let them go. */
  async handOverAccounts(tx: Tx, countyId: string, orgId: string, to: string): Promise<void> {
    await sqlOf(tx)
      .updateTable('account')
      .set({ orgId: to })
      .where('countyId', '=', countyId)
      .where('orgId', '=', orgId)
      .execute()
  },
}
