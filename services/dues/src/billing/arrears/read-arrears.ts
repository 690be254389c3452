import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenOf } from '../records/seen-of.ts'
import type { ArrearsStep } from './arrears.ts'
import { arrearsStore } from './store.ts'

/** Arrears that the actor sees: those at organisations below, and the actor's own; row-level security asks again. */
export const arrearsById = one(
  async (work: Work, ids) =>
    new Map(
      (await seenOf(work, await arrearsStore.byIds(work.tx, work.actor.countyId, ids))).map(arrears => [
        arrears.id,
        arrears,
      ]),
    ),
)
export const arrearsOfMember = many(async (work: Work, memberIds) => {
  const found = await arrearsStore.ofMembers(work.tx, memberIds)
  return Map.groupBy(await seenOf(work, [...found.values()].flat()), ({ memberId }) => memberId)
})
export const openArrearsOf = one(async (work: Work, memberIds) => {
  const found = await arrearsStore.openOf(work.tx, memberIds)
  return new Map((await seenOf(work, [...found.values()])).map(arrears => [arrears.memberId, arrears]))
})
export const arrearsIn = many(async ({ tx, supervision }: Work, orgIds, leastMonths: number, stretch: Stretch) =>
  arrearsStore.inOrganisations(tx, [...(await supervision.seen(orgIds))], leastMonths, stretch),
)
export const arrearsCountIn = count(async ({ tx, supervision }: Work, orgIds, leastMonths: number) =>
  arrearsStore.countIn(tx, [...(await supervision.seen(orgIds))], leastMonths),
)
/** How many members have not paid for how many months, below organisations that the actor sees. */
export const arrearsBelow = one(async ({ tx, supervision }: Work, orgIds) => {
  const seen = [...(await supervision.seen(orgIds))]
  const counts = await arrearsStore.countsBelow(tx, seen)
  return new Map(seen.map(id => [id, counts.get(id) ?? []]))
})
/** What was done about it; why, for the member, whoever keeps the branch and the committees above. */
export const stepsOf = many(async (work: Work, ids) => {
  const { tx, actor, supervision } = work
  const arrears = new Map((await arrearsStore.byIds(tx, actor.countyId, ids)).map(one => [one.id, one]))
  const kept = await supervision.kept([...new Set([...arrears.values()].map(({ orgId }) => orgId))])
  const steps = (await arrearsStore.stepsOf(tx, ids)).map(
    ({ reasonSealed, ...step }): ArrearsStep & { arrearsId: string } => {
      const of = arrears.get(step.arrearsId)
      const isTheirs =
        of !== undefined && (kept.has(of.orgId) || (actor.memberId !== null && of.memberId === actor.memberId))
      return { ...step, reason: isTheirs ? work.seal().open(reasonSealed, 'dues-arrears').toString('utf8') : null }
    },
  )
  return Map.groupBy(steps, ({ arrearsId }) => arrearsId)
})
