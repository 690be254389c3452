import { writeOrgNodes } from '@linghang/access'
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
