import { keepOrgTree, reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { accountStore } from './store.ts'

/**
 * Keeps the tree of organisations, on which row-level security rests, and in the same transaction opens an account for
 * whoever comes under a committee that keeps one.
 */
export const keepTreeAndAccounts = reaction(
  ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  async (work: Work, events) => {
    await accountStore.lockTree(work.tx, work.actor.countyId)
    await keepOrgTree.react(work, events)
    const placed = events.flatMap(({ type, data }) => (type === 'org.organisation.changed.v1' ? [] : [data.id]))
    await accountStore.openVirtual(work.tx, work.actor.countyId, placed, work.today)
  },
)
