import type { RawTx } from '@linghang/access'
import { type MemberState, newestOf, type Reaction, tell } from '@linghang/events'
import { recordOf } from '../records/dues-record.ts'
import { recordStore } from '../records/store.ts'

/** A person's entry in the register opens their dues record; a change changes it, leaving closes it. */
export const openRecords: Reaction<RawTx> = {
  types: [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async react(tx, actor, events) {
    const records = newestOf<MemberState>(events, member => member.id).map(recordOf)
    const written = await recordStore.write(tx, actor.countyId, records)
    await tell(
      tx,
      actor,
      written.map(row => ({
        type: row.is_new ? ('dues.record.opened.v1' as const) : ('dues.record.changed.v1' as const),
        orgId: row.org_id,
        subject: row.member_id,
        data: {
          memberId: row.member_id,
          orgId: row.org_id,
          owes: row.owes,
          complete: row.complete,
          version: Number(row.version),
        },
      })),
    )
  },
}
