import { many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { publishedStore } from '../published/store.ts'

const versionsAtMost = 50

/** What was published of sheets that the actor was shown. */
export const versionsOf = many(async ({ tx, actor }: Work, sheetIds) => {
  const found = await publishedStore.versionsOf(tx, actor.countyId, sheetIds)
  return new Map([...found].map(([id, versions]) => [id, versions.slice(0, versionsAtMost)]))
})

/** Of a county. */
export const publicationsOf = many(async ({ tx, actor }: Work, countyIds) => {
  const found = await publishedStore.publications(tx, actor.countyId)
  return new Map(countyIds.filter(id => id === actor.countyId).map(id => [id, found]))
})

/** That of the time which begins on a day. */
export const publicationFrom = one(async ({ tx, actor }: Work, days) => {
  const found = await publishedStore.publications(tx, actor.countyId)
  return new Map(found.filter(({ periodFrom }) => days.includes(periodFrom)).map(one => [one.periodFrom, one]))
})
