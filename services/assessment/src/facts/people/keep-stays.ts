import { shanghaiDay } from '@linghang/access'
import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { writeStays } from './write-stays.ts'

/** Keeps where people belonged and as what; their facts follow them, and whose standing has changed is touched. */
export const keepStays = reaction(
  [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  (work: Work, events) =>
    writeStays(
      work,
      events.map(({ data: { id, ...member }, time }) => ({
        ...{ ...member, memberId: id, day: shanghaiDay(new Date(time)) },
      })),
    ),
)
