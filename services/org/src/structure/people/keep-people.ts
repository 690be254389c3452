import { shanghaiDay } from '@linghang/access'
import { newestOf, reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { peopleStore } from './store.ts'

/**
 * Keeps which organisation each person belongs to, from which day on, and what they are: whose file an account may be
 * linked to follows from it, and who is due at a meeting.
 */
export const keepPeople = reaction(
  [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async ({ tx, actor }: Work, events) => {
    await peopleStore.write(
      tx,
      actor.countyId,
      newestOf(events, member => member.id),
    )
    const stays = events.map(({ data: { id, orgId, version }, time }) => ({
      ...{ id, orgId, version },
      toldOn: shanghaiDay(new Date(time)),
    }))
    await peopleStore.writeStays(tx, actor.countyId, stays)
  },
)
