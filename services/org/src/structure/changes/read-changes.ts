import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { changeStore } from './store.ts'

/** Changes by id: those of organisations that the actor sees. */
export const changeById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const changes = await changeStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen(changes.map(({ orgId }) => orgId))
  return new Map(changes.filter(({ orgId }) => seen.has(orgId)).map(change => [change.id, change]))
})

export const changesOf = many(async ({ tx, supervision }: Work, orgIds, stretch: Stretch) =>
  changeStore.of(tx, [...(await supervision.seen(orgIds))], stretch),
)

export const changeCountOf = count(async ({ tx, supervision }: Work, orgIds) =>
  changeStore.countOf(tx, [...(await supervision.seen(orgIds))]),
)
