import type { RawTx } from '@linghang/access'
import { type DuesRecordState, type MemberState, newestOf, type Reaction } from '@linghang/events'
import { factStore } from '../indicators/store.ts'

/** People come, change and go: the tallies of the organisations they touch are counted again. */
export const countPeople: Reaction<RawTx> = {
  types: [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async react(tx, actor, events) {
    const members = newestOf<MemberState>(events, member => member.id)
    const before = await factStore.organisationsOf(
      tx,
      members.map(member => member.id),
    )
    await factStore.lockTallies(tx, actor.countyId, [...new Set([...before, ...members.map(member => member.orgId)])])
    const touched = await factStore.writeMembers(tx, actor.countyId, members)
    await factStore.countAgain(tx, touched)
  },
}

/** Dues records open and change: so does the share of complete ones. */
export const countDues: Reaction<RawTx> = {
  types: ['dues.record.opened.v1', 'dues.record.changed.v1'],
  async react(tx, actor, events) {
    const records = newestOf<DuesRecordState>(events, record => record.memberId)
    const before = await factStore.organisationsOf(
      tx,
      records.map(record => record.memberId),
    )
    await factStore.lockTallies(tx, actor.countyId, [...new Set([...before, ...records.map(record => record.orgId)])])
    const touched = await factStore.writeDues(tx, actor.countyId, records)
    await factStore.countAgain(tx, touched)
  },
}
