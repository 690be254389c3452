import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { DecidedPack, Decision } from './decision.ts'
import { packStore } from './store.ts'

const holds = ({ effectiveFrom, until }: DecidedPack, day: string): boolean =>
  effectiveFrom <= day && (until === null || day <= until)

/** The pack by which the county scores, by the day for which it is asked; null where it does not. */
export const packOfDay = one(async ({ tx, actor }: Work, days) => {
  const decided = await packStore.decided(tx, actor.countyId)
  return new Map(
    days.flatMap((day): [string, DecidedPack][] => decided.flatMap(pack => (holds(pack, day) ? [[day, pack]] : []))),
  )
})

/** A pack by its number in the county. */
export const packOfVersion = one(async ({ tx, actor }: Work, versions) => {
  const decided = await packStore.decided(tx, actor.countyId)
  return new Map(
    decided.flatMap((pack): [string, DecidedPack][] =>
      versions.includes(`${pack.version}`) ? [[`${pack.version}`, pack]] : [],
    ),
  )
})

/** What the county has decided, the newest day first. */
export const readDecisions = ({ tx, actor }: Work, most: number): Promise<Decision[]> =>
  packStore.versions(tx, actor.countyId, most)
