import type { Work } from '../../work.ts'
import { touchesOf } from '../journal/fact-rows.ts'
import { factStore } from '../journal/store.ts'
import { changedFrom, type Place } from './place.ts'
import { placeStore } from './store.ts'

/** Takes over what was not known; whose place has changed is touched, with all above that it has left or come to. */
export async function writePlaces({ tx, actor: { countyId } }: Pick<Work, 'tx' | 'actor'>, told: readonly Place[]) {
  const changes = (await placeStore.write(tx, countyId, told)).flatMap(({ before, after }) => {
    const day = changedFrom(before, after)
    return day === null ? [] : [{ orgId: after.orgId, day }]
  })
  if (changes.length === 0) return
  const above = await placeStore.above(
    tx,
    countyId,
    changes.map(({ orgId }) => orgId),
  )
  const touched = changes.flatMap(({ orgId, day }) =>
    [orgId, ...(above.get(orgId) ?? [])].map(id => ({
      ...{ subjectType: 'ORGANISATION' as const, subjectId: id, orgId: id, day },
    })),
  )
  await factStore.touch(tx, countyId, touchesOf(touched))
}
