import { shanghaiDay } from '@linghang/access'
import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { touchesOf } from '../journal/fact-rows.ts'
import { factStore } from '../journal/store.ts'
import { changedFrom } from './stay.ts'
import { peopleStore } from './store.ts'

/** Keeps where people belonged and as what; their facts follow them, and whose standing has changed is touched. */
export const keepStays = reaction(
  [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async ({ tx, actor: { countyId } }: Work, events) => {
    await factStore.lock(tx, countyId, 'STAYS')
    const told = events.map(({ data: { id, ...member }, time }) => ({
      ...{ ...member, memberId: id, day: shanghaiDay(new Date(time)) },
    }))
    const changes = (await peopleStore.write(tx, countyId, told)).flatMap(({ before, after }) => {
      const day = changedFrom(before, after)
      return day === null ? [] : [{ before, after, day }]
    })
    if (changes.length === 0) return
    const moved = await factStore.follow(tx, countyId, [...new Set(changes.map(({ after }) => after.memberId))])
    const places = changes.flatMap(({ before, after, day }) =>
      [...new Set([before?.orgId ?? after.orgId, after.orgId])].map(orgId => ({
        ...{ subjectType: 'MEMBER' as const, subjectId: after.memberId, orgId, day },
      })),
    )
    await factStore.touch(
      tx,
      countyId,
      touchesOf([...moved.map(({ fromDay, ...touch }) => ({ ...touch, day: fromDay })), ...places]),
    )
  },
)
