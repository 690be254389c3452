import { shanghaiDay } from '@linghang/access'
import { newestOf, publish, reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { placeOf, recordOf } from './dues-record.ts'
import { recordStore } from './store.ts'

/** A person's entry in the register opens their dues record; a change changes it, leaving closes it. */
export const openRecords = reaction(
  [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async (work: Work, events) => {
    const records = newestOf(events, member => member.id).map(recordOf)
    const toldAt = new Map(events.map(({ data, time }) => [data.id, time]))
    const written = await recordStore.write(work.tx, work.actor.countyId, records)
    const moves = written.map(row => placeOf(row, shanghaiDay(new Date(toldAt.get(row.memberId) ?? work.now))))
    await recordStore.place(
      work.tx,
      work.actor.countyId,
      moves.filter(place => place !== null),
    )
    await publish(
      work,
      written.map(({ isNew, orgBefore: _, ...record }) => ({
        type: isNew ? ('dues.record.opened.v1' as const) : ('dues.record.changed.v1' as const),
        orgId: record.orgId,
        subject: record.memberId,
        data: { ...record, version: Number(record.version) },
      })),
    )
  },
)
