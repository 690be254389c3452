import { writeOrgNodes } from '@linghang/access'
import { sqlOf, type Tx } from '../../work.ts'
import type { ApprovalPower, Organisation } from './organisation.ts'

export const powerStore = {
  /** @param power null: by the rule again */
  async record(tx: Tx, countyId: string, before: Organisation, power: ApprovalPower | null): Promise<Organisation> {
    const { id, superiorId, code, name, kind, unitKind, endedOn } = before
    const version = before.version + 1
    const approves = power?.approves ?? null
    await writeOrgNodes(tx, [{ id, countyId, superiorId, code, name, kind, unitKind, approves, endedOn, version }])
    await sqlOf(tx)
      .updateTable('organisation')
      .set({ approves, approvesBasis: power?.basis ?? null, version: BigInt(version) })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
    return { ...before, approvalPower: power, version }
  },
}
