import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenOf } from '../records/seen-of.ts'
import { waiverStore } from './store.ts'
import { waivedFenOf } from './waived-fen.ts'
import type { WaiverGround, WaiverState } from './waiver.ts'

/** Waivers of people at organisations that the actor sees, and the actor's own. */
export const waiverById = one(async (work: Work, ids) => {
  const waivers = await seenOf(work, await waiverStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(waivers.map(waiver => [waiver.id, waiver]))
})
export const waiversOfMember = many(async (work: Work, memberIds) =>
  Map.groupBy(await seenOf(work, await waiverStore.ofMembers(work.tx, memberIds)), ({ memberId }) => memberId),
)
/** The approved waiver that is in force in a month, by person. */
export const waiverInForce = one(async (work: Work, memberIds, month: string) => {
  const waived = await waivedFenOf(work.tx, memberIds, month)
  const ids = [...waived.values()].map(({ waiverId }) => waiverId)
  const waivers = await seenOf(work, await waiverStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(waivers.map(waiver => [waiver.memberId, waiver]))
})

type States = readonly WaiverState[] | null
export const waiversAt = many(async ({ tx, supervision }: Work, orgIds, states: States, stretch: Stretch) =>
  waiverStore.inOrganisations(tx, [...(await supervision.seen(orgIds))], states, stretch),
)
export const waiverCountAt = count(async ({ tx, supervision }: Work, orgIds, states: States) =>
  waiverStore.countInOrganisations(tx, [...(await supervision.seen(orgIds))], states),
)

/** Why dues are waived: for the member, the branch that keeps it and the committees above, and nobody else. */
export const groundOf = one(async (work: Work, ids) => {
  const { tx, actor, supervision } = work
  const waivers = await waiverStore.byIds(tx, actor.countyId, ids)
  const kept = await supervision.kept([...new Set(waivers.map(({ orgId }) => orgId))])
  const own = waivers.filter(({ orgId, memberId }) => kept.has(orgId) || memberId === actor.memberId)
  const sealed = await waiverStore.grounds(
    tx,
    own.map(({ id }) => id),
  )
  const open = (bytes: Uint8Array): WaiverGround =>
    JSON.parse(work.seal().open(bytes, 'dues-hardship').toString('utf8'))
  return new Map([...sealed].map(([id, bytes]) => [id, open(bytes)]))
})
