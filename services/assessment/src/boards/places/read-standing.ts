import { packStore } from '../../packs/decisions/store.ts'
import type { PackDocument } from '../../packs/documents/pack.ts'
import { publishedStore } from '../../sheets/published/store.ts'
import type { Work } from '../../work.ts'
import type { BoardDecision, BoardKind } from '../decisions/decision.ts'
import { type Bounds, boundsOf, type Group } from './place.ts'
import { placeStore, type Source } from './store.ts'
import { type Time, timesOf, yearAt } from './times.ts'

/** Ranks that are shown, by who is compared. */
export type Limits = (Bounds & { key: string })[]
export const limitsOf = (groups: readonly Group[], decision: Pick<BoardDecision, 'redSize' | 'blackSize'>): Limits =>
  groups.map(({ key, peers }) => ({ key, ...boundsOf(peers, decision) }))

/** Of which times there is a standing, the newest first. */
export async function readTimes({ tx, actor }: Work, kind: BoardKind): Promise<Time[]> {
  const published = await publishedStore.publications(tx, actor.countyId, 'PUBLISHED')
  const reported = kind === 'RED_BLACK' ? await placeStore.reportedMonths(tx, actor.countyId) : []
  return timesOf(
    published.map(({ periodFrom: from, periodUntil: until }) => ({ from, until })),
    reported,
  )
}

/** The year of a day, or the newest, as a time of its own. */
export function yearOf(times: readonly Time[], on: string | null): Time | null {
  const year = yearAt(
    times.map(({ period }) => period),
    on,
  )
  return year && { period: year, by: 'SHEETS' }
}

/** From what a board of a time is made; null where nobody has a sheet of it. */
export async function sourceOf(
  { tx, actor }: Work,
  kind: BoardKind,
  time: Time,
): Promise<{ source: Source; document: PackDocument } | null> {
  const { countyId } = actor
  const packVersion = await placeStore.packOf(tx, countyId, time)
  if (packVersion === null) return null
  const pack = (await packStore.decided(tx, countyId)).find(({ version }) => version === packVersion)
  if (!pack) throw new Error('a sheet was worked out by a pack that is not there')
  const { document } = pack
  return { document, source: { kind, countyId, time, packVersion, byKind: document.peers === 'KIND' } }
}

/** The branches on the black list of a time. */
export async function blackOf(work: Work, decision: BoardDecision, time: Time): Promise<Set<string>> {
  const found = await sourceOf(work, 'RED_BLACK', time)
  if (!found) return new Set()
  const groups = await placeStore.groups(work.tx, found.source)
  return placeStore.black(work.tx, found.source, limitsOf(groups, decision))
}
