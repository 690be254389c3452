import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { endedStore } from './ended-store.ts'
import { save } from './write-member.ts'

const peopleAtOnce = 200

/**
 * Whoever is in the register at an organisation that was merged or dissolved belongs to the one that follows it from now on:
 * cases, groups and roles go with them as with any transfer. Whoever left stays in the file of where they were. Heard again
 * it finds nobody, and what is cut off is begun anew as a whole.
 * @throws Error while the tree here does not know yet what was told: it is heard once more, and nobody registers there by then
 */
export const followEndings = reaction(['org.organisation.ended.v1'], async (work: Work, events) => {
  const { tx, actor } = work
  for (const { data } of events) {
    const { id, successorId, version } = data
    const known = await endedStore.isKnown(tx, actor.countyId, id, version, successorId)
    if (!known) throw new Error('the tree does not know yet that an organisation has ended')
    if (successorId === null) continue
    for (;;) {
      const people = await endedStore.hold(tx, actor.countyId, id, peopleAtOnce)
      if (people.length === 0) break
      for (const held of people)
        await save(work, held, { ...held.member, orgId: successorId }, 'members.member.transferred.v1')
    }
  }
})
