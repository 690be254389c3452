import type { Work } from '../../work.ts'
import type { CaseState } from './case.ts'
import { deciderStore } from './decider-store.ts'
import { fail } from './errors.ts'
import { type CaseRow, caseStore } from './store.ts'
import { type HeldCase, holdCase } from './write-case.ts'

/** What somebody is to a case; the first that fits. */
export type Standpoint = 'KEEPER' | 'CHAIN' | 'APPLICANT' | 'COMPANION'

/** A case as somebody stands to it. KEEPER may write, CHAIN looks on from above, COMPANION is a contact or introducer. */
export type CaseView = {
  caseId: string
  memberId: string
  orgId: string
  countyId: string
  phase: CaseState['phase']
  as: Standpoint
}

/** Whether somebody who stands there is shown the political review and what others were asked. */
export const seesConfidential = (as: Standpoint): boolean => as === 'KEEPER' || as === 'CHAIN'

/**
 * How the actor stands to each case; cases that they must not know of are left out. Whoever the case is about sees it
 * as the applicant, whatever office they hold: nobody reads what others were asked about them.
 */
export async function standpoints(work: Work, cases: readonly CaseRow[]): Promise<Map<string, Standpoint>> {
  const orgIds = [...new Set(cases.map(({ orgId }) => orgId))]
  const [seen, kept] = [await work.supervision.seen(orgIds), await work.supervision.kept(orgIds)]
  const standpoint = (kase: CaseRow): Standpoint | null => {
    if (work.actor.memberId === kase.memberId) return 'APPLICANT'
    if (kept.has(kase.orgId)) return 'KEEPER'
    if (seen.has(kase.orgId)) return 'CHAIN'
    return work.actor.memberId !== null && kase.companions.includes(work.actor.memberId) ? 'COMPANION' : null
  }
  return new Map(
    cases.flatMap(kase => {
      const as = standpoint(kase)
      return as === null ? [] : [[kase.id, as] as const]
    }),
  )
}

/** @throws DomainError NOT_FOUND for whoever must not know that the case exists */
export async function viewCase(work: Work, caseId: string): Promise<CaseView> {
  const [kase] = await caseStore.byIds(work.tx, work.actor.countyId, [caseId])
  const as = kase && (await standpoints(work, [kase])).get(kase.id)
  if (!kase || !as) return fail('NOT_FOUND', { what: `DevelopmentCase:${caseId}` })
  return { caseId, memberId: kase.memberId, orgId: kase.orgId, countyId: work.actor.countyId, phase: kase.phase, as }
}

/**
 * A case that the actor may write to or add papers to. Nobody keeps their own case.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE
 */
export async function viewKept(work: Work, caseId: string): Promise<CaseView> {
  const view = await viewCase(work, caseId)
  if (view.as === 'APPLICANT') fail('OWN_CASE')
  if (view.as !== 'KEEPER')
    fail('NOT_THE_OFFICE', {
      wantedZh: '所在支部或其上级的书记、管理员',
      wanted: 'the secretary or an administrator of the branch or above',
    })
  return view
}

/**
 * Holds a case that the actor may write to, for the office whose step it is.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE
 */
export async function keepCase(work: Work, caseId: string): Promise<HeldCase> {
  await viewKept(work, caseId)
  const held = await holdCase(work, caseId)
  return held ?? fail('NOT_FOUND', { what: `DevelopmentCase:${caseId}` })
}

/** @throws DomainError NOT_THE_OFFICE where a step is the committee's and the actor keeps only the branch */
export async function requireDeciderOffice(work: Work, orgId: string): Promise<void> {
  const [decider] = (await deciderStore.decidersOf(work.tx, [orgId])).get(orgId) ?? []
  const kept = decider ? await work.supervision.kept([decider]) : new Set()
  if (!decider || !kept.has(decider))
    fail('NOT_THE_OFFICE', {
      wantedZh: '上级党委的书记、管理员',
      wanted: 'the secretary or an administrator of the committee above',
    })
}
