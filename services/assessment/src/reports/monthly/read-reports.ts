import type { Stretch } from '@linghang/database'
import { addMonths } from '@linghang/rulebook'
import { count, many, one } from '@linghang/subgraph'
import { packStore } from '../../packs/decisions/store.ts'
import { seesPeopleOf } from '../../sheets/reading/who-sees.ts'
import type { Work } from '../../work.ts'
import { comparable, type Read, type Report } from './report.ts'
import { reportStore } from './store.ts'

/** Of these reports those that the actor may read: the own, a branch's people for its committee, branches for who sees them (B8). */
async function seenOnly(work: Work, reports: readonly Report[]): Promise<Report[]> {
  const orgIds = [...new Set(reports.map(({ orgId }) => orgId))]
  const seen = await work.supervision.seen(orgIds)
  const people = await seesPeopleOf(work, orgIds)
  return reports.filter(({ subjectType, subjectId, orgId }) =>
    subjectType === 'MEMBER' ? subjectId === work.actor.memberId || people.has(orgId) : seen.has(orgId),
  )
}

export const reportById = one(async (work: Work, ids) => {
  const reports = await seenOnly(work, await reportStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(reports.map(report => [report.id, report]))
})

export const reportsOfMember = many(async (work: Work, memberIds, stretch: Stretch) => {
  const found = await reportStore.ofSubjects(work.tx, work.actor.countyId, 'MEMBER', memberIds, stretch)
  const shown = new Set((await seenOnly(work, [...found.values()].flat())).map(({ id }) => id))
  return new Map([...found].map(([id, reports]) => [id, reports.filter(report => shown.has(report.id))]))
})
export const countOfMember = count(({ tx, actor }: Work, memberIds) =>
  reportStore.countOfSubjects(tx, actor.countyId, 'MEMBER', memberIds),
)
export const reportsOfOrganisation = many(async (work: Work, orgIds, stretch: Stretch) => {
  const seen = [...(await work.supervision.seen(orgIds))]
  return reportStore.ofSubjects(work.tx, work.actor.countyId, 'ORGANISATION', seen, stretch)
})
export const countOfOrganisation = count(async ({ tx, actor, supervision }: Work, orgIds) =>
  reportStore.countOfSubjects(tx, actor.countyId, 'ORGANISATION', [...(await supervision.seen(orgIds))]),
)
export const memberReportsAt = many(async (work: Work, orgIds, month: string, stretch: Stretch) =>
  reportStore.membersAt(work.tx, work.actor.countyId, [...(await seesPeopleOf(work, orgIds))], month, stretch),
)
export const countMemberReportsAt = count(async (work: Work, orgIds, month: string) =>
  reportStore.countMembersAt(work.tx, work.actor.countyId, [...(await seesPeopleOf(work, orgIds))], month),
)

/**
 * Reports with the rules and averages that they are read against. Asked for nothing but what was shown: with the county's rights,
 * since an average of at least five tells of none of them, and a report of before may have been made at another branch.
 */
export const readOf = one(
  async (work: Work, ids) => {
    const { tx, actor } = work
    const reports = await reportStore.byIds(tx, actor.countyId, ids)
    const months = [...new Set(reports.map(({ month }) => month))]
    const packs = await packStore.decided(tx, actor.countyId)
    const averages = await reportStore.averages(tx, actor.countyId, months)
    const earlier = await reportStore.ofMonths(
      tx,
      actor.countyId,
      reports.map(({ subjectId }) => subjectId),
      months.map(month => addMonths(month, -1)),
    )
    const found = new Map<string, Read>()
    for (const report of reports) {
      const document = packs.find(pack => pack.key === report.packKey && pack.version === report.packVersion)?.document
      const scale = document?.scales.find(({ key }) => key === report.scale)
      if (!document || !scale) continue
      const before = earlier.find(
        ({ subjectId, month }) => subjectId === report.subjectId && month === addMonths(report.month, -1),
      )
      const average = averages.find(
        peers =>
          peers.month === report.month &&
          peers.subjectType === report.subjectType &&
          peers.scale === report.scale &&
          peers.kind === report.kind,
      )
      const against = { before: comparable(report, before ?? null), average: average ?? null }
      found.set(report.id, { report, document, scale, ...against })
    }
    return found
  },
  { rights: 'COUNTY' },
)
