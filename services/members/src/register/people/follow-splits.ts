import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { memberStore } from './store.ts'
import { save } from './write-member.ts'

/**
 * Whoever comes to a branch that was split off belongs to it from now on, as with any transfer. Who has left the old one
 * meanwhile, or the register, stays where they are; heard again it finds nobody there.
 * @throws Error while the tree here does not know the new branch yet: it is heard once more
 */
export const followSplits = reaction(['org.organisation.split.v1'], async (work: Work, events) => {
  const { tx, actor } = work
  for (const { data } of events) {
    if ((await memberStore.kindOfOrganisation(tx, data.id)) === null)
      throw new Error('the tree does not know yet the branch that was split off')
    for (const id of data.memberIds.toSorted()) {
      const held = await memberStore.lock(tx, actor.countyId, id)
      if (!held || held.member.orgId !== data.fromId || held.member.leftOn !== null) continue
      await save(work, held, { ...held.member, orgId: data.id }, 'members.member.transferred.v1')
    }
  }
})
