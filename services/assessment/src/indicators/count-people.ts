import { newestOf, reaction } from '@linghang/events'
import type { Work } from '../work.ts'
import { factStore } from './store.ts'

/** Counts again what a batch touches: where its people were counted before and where they are counted now. */
async function recount(
  { tx, actor }: Work,
  told: { memberIds: string[]; orgIds: string[] },
  write: () => Promise<string[]>,
): Promise<void> {
  const before = await factStore.organisationsOf(tx, told.memberIds)
  await factStore.lockTallies(tx, actor.countyId, [...new Set([...before, ...told.orgIds])])
  await factStore.countAgain(tx, await write())
}

/** People come, change and go: the tallies of the organisations they touch are counted again. */
export const countPeople = reaction(
  [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async (work: Work, events) => {
    const members = newestOf(events, member => member.id)
    const told = { memberIds: members.map(({ id }) => id), orgIds: members.map(({ orgId }) => orgId) }
    await recount(work, told, () => factStore.writeMembers(work.tx, work.actor.countyId, members))
  },
)

/** Dues records open and change: so does the share of complete ones. */
export const countDues = reaction(['dues.record.opened.v1', 'dues.record.changed.v1'], async (work: Work, events) => {
  const records = newestOf(events, record => record.memberId)
  const told = { memberIds: records.map(({ memberId }) => memberId), orgIds: records.map(({ orgId }) => orgId) }
  await recount(work, told, () => factStore.writeDues(work.tx, work.actor.countyId, records))
})
