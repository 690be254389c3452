import { readGrants, seesWholeCounty } from '@linghang/access'
import { type StepKey, stageOf } from '@linghang/rulebook'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type Standpoint, standpoints } from './case-access.ts'
import { type CaseFilter, type CasePage, caseLists } from './case-list-store.ts'
import { type CaseRow, caseStore } from './store.ts'

export type SeenCase = CaseRow & { as: Standpoint }

/** Cases as the actor stands to them; those that they must not know of are left out. */
async function seenCases(work: Work, rows: readonly CaseRow[]): Promise<SeenCase[]> {
  const as = await standpoints(work, rows)
  return rows.flatMap(row => {
    const standpoint = as.get(row.id)
    return standpoint ? [{ ...row, as: standpoint }] : []
  })
}

/** Cases by id as the actor stands to them. */
export const casesSeen = async (work: Work, ids: readonly string[]): Promise<SeenCase[]> =>
  seenCases(work, await caseStore.byIds(work.tx, work.actor.countyId, ids))

/** Cases by id that the actor may know of; the others are left out. */
export const caseById = one(async (work: Work, ids) => new Map((await casesSeen(work, ids)).map(row => [row.id, row])))

export const casesOfMember = many(async (work: Work, memberIds) => {
  const rows = await seenCases(work, await caseStore.ofMembers(work.tx, work.actor.countyId, memberIds))
  return Map.groupBy(rows, row => row.memberId)
})

/** Cases of organisations that the actor supervises, as the actor stands to them; for others none. */
export const casesOf = many(async (work: Work, orgIds, below: boolean, page: CasePage) => {
  const lists = await caseLists.atOrganisations(work.tx, [...(await work.supervision.seen(orgIds))], below, page)
  const rows = [...new Map([...lists.values()].flat().map(row => [row.id, row])).values()]
  const seen = new Map((await seenCases(work, rows)).map(row => [row.id, row]))
  return new Map([...lists].map(([orgId, list]) => [orgId, list.flatMap(({ id }) => seen.get(id) ?? [])]))
})

export const caseCountOf = count(async ({ tx, supervision }: Work, orgIds, below: boolean, filter: CaseFilter) =>
  caseLists.countAtOrganisations(tx, [...(await supervision.seen(orgIds))], below, filter),
)

/** The organisations whose cases `developmentCases` is about where none is named: those at which the actor holds an office. */
export async function ownOrganisations({ tx, actor }: Work): Promise<string[]> {
  return seesWholeCounty(actor) ? caseLists.rootsOf(tx, actor.countyId) : readGrants(actor)
}

export type Statistics = {
  open: { stage: string; count: number; overdue: number }[]
  done: { stage: string; month: string; count: number }[]
}

/** Open cases by stage, and steps done by stage and month of the last twelve, of each organisation and all below. */
export const statisticsOf = one(async ({ tx, today, supervision }: Work, orgIds) => {
  const places = [...(await supervision.seen(orgIds))]
  const found = await caseLists.statistics(tx, places, today)
  return new Map(
    places.map((place): [string, Statistics] => {
      const done = new Map<string, Statistics['done'][number]>()
      for (const { step, month, n } of found.done.filter(row => row.place === place)) {
        const stage = stageOf(step as StepKey)
        const key = `${month}/${stage}`
        done.set(key, { stage, month, count: (done.get(key)?.count ?? 0) + n })
      }
      const open = found.open
        .filter(row => row.place === place)
        .map(({ stage, n, overdue }) => ({ stage, count: n, overdue }))
      return [place, { open, done: [...done.values()] }]
    }),
  )
})

/** The development plan of branches: open to those above and to the branch's own people. */
export const planOf = many(async ({ tx, actor, supervision }: Work, orgIds) => {
  const places = await supervision.seen(orgIds)
  const open = orgIds.filter(id => places.has(id) || id === actor.memberOrgId)
  return Map.groupBy(await caseLists.plan(tx, open), row => row.orgId)
})
