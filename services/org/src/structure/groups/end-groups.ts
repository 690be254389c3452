import { recordAudit } from '@linghang/access'
import type { Work } from '../../work.ts'
import { groupStore } from './store.ts'

/** Ends the groups of a branch that ends itself, in the transaction of whoever calls; they stay as history. */
export async function endGroupsAt(work: Work, orgId: string, reason: string): Promise<void> {
  const { tx, today } = work
  const groups = (await groupStore.of(tx, [orgId])).get(orgId) ?? []
  const members = await groupStore.membersOn(
    tx,
    groups.map(({ id }) => id),
    today,
  )
  for (const group of groups) {
    await groupStore.leave(tx, group.id, members.get(group.id) ?? [], today)
    await groupStore.update(tx, group, { endedOn: today, endReason: reason })
  }
  await recordAudit(
    work,
    groups.map(({ id }) => ({ orgId, action: 'party-group.ended', subjectType: 'PartyGroup', subjectId: id })),
  )
}
