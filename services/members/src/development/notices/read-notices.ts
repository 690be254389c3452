import { many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seesConfidential } from '../cases/case-access.ts'
import { casesSeen } from '../cases/read-cases.ts'
import { noticeStore } from './store.ts'

/** Notices that hang, or hung within the last month, at organisations whose people the actor is one of or sees. */
export const noticesOf = many(async ({ tx, actor, today, supervision }: Work, orgIds) => {
  const seen = await supervision.seen(orgIds)
  const open = orgIds.filter(id => seen.has(id) || id === actor.memberOrgId)
  return Map.groupBy(await noticeStore.ofOrganisations(tx, open, today), row => row.orgId)
})

/** Objections of cases, for those who keep or oversee them. */
export const objectionsOfCase = many(async (work: Work, caseIds) => {
  const cases = await casesSeen(work, caseIds)
  const allowed = cases.filter(({ as }) => seesConfidential(as)).map(({ id }) => id)
  return Map.groupBy(await noticeStore.objectionsOf(work.tx, allowed), row => row.caseId)
})
