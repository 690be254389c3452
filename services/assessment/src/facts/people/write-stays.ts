import type { Work } from '../../work.ts'
import { touchesOf } from '../journal/fact-rows.ts'
import { factStore } from '../journal/store.ts'
import { changedFrom, type Stay } from './stay.ts'
import { peopleStore } from './store.ts'

/** Takes over what was not known; people's facts follow them, and whose standing has changed is touched. */
export async function writeStays(
  { tx, actor: { countyId } }: Pick<Work, 'tx' | 'actor'>,
  told: readonly Stay[],
): Promise<void> {
  await factStore.lock(tx, countyId, 'STAYS')
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
}
