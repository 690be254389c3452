import { many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { summaryStore } from '../summaries/store.ts'
import type { ReportLine } from './report.ts'
import { reportStore } from './store.ts'

const mostBelow = 500

/** Reports of organisations whose books the actor sees. */
export const reportById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const found = await reportStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(found.map(({ orgId }) => orgId))])
  return new Map(found.filter(({ orgId }) => seen.has(orgId)).map(report => [report.id, report]))
})

/** The latest report of each organisation for a year. */
export const reportOf = one(async ({ tx, actor, supervision }: Work, orgIds, year: number) =>
  reportStore.latestOf(tx, actor.countyId, [...(await supervision.seen(orgIds))], year),
)

/** Who directly below each organisation has reported a year and who has not; three statements, whatever their number. */
export const reportsBelow = many(async ({ tx, actor, supervision }: Work, orgIds, year: number) => {
  const below = await summaryStore.directlyBelow(tx, actor.countyId, [...(await supervision.seen(orgIds))], mostBelow)
  const reports = await reportStore.latestOf(tx, actor.countyId, [...below.values()].flat(), year)
  return new Map(
    [...below].map(([superiorId, ids]): [string, ReportLine[]] => [
      superiorId,
      ids.map(orgId => ({ orgId, report: reports.get(orgId) ?? null })),
    ]),
  )
})
