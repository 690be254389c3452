import { shanghaiDay } from '@linghang/access'
import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { groupStore } from './store.ts'

/** Whoever moves out of a branch or leaves the register is in none of its groups from that day on. */
export const leaveGroups = reaction(
  ['members.member.transferred.v1', 'members.member.left.v1'],
  async ({ tx }: Work, events) => {
    const moved = events.map(({ type, data: { id, orgId, leftOn }, time }) => ({
      ...{ memberId: id, orgId, day: leftOn ?? shanghaiDay(new Date(time)) },
      left: type === 'members.member.left.v1',
    }))
    await groupStore.followMoves(tx, moved)
  },
)
