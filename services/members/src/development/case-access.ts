import type { Actor } from '@linghang/access'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import type { CaseState } from './case-state.ts'
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
export async function standpoints(
  deps: Pick<Deps, 'supervision'>,
  tx: Tx,
  actor: Actor,
  cases: readonly CaseRow[],
): Promise<Map<string, Standpoint>> {
  const orgIds = [...new Set(cases.map(({ orgId }) => orgId))]
  const [seen, kept] = [await deps.supervision.seen(tx, actor, orgIds), await deps.supervision.kept(tx, actor, orgIds)]
  const standpoint = (kase: CaseRow): Standpoint | null => {
    if (actor.memberId === kase.memberId) return 'APPLICANT'
    if (kept.has(kase.orgId)) return 'KEEPER'
    if (seen.has(kase.orgId)) return 'CHAIN'
    return actor.memberId !== null && kase.companions.includes(actor.memberId) ? 'COMPANION' : null
  }
  return new Map(
    cases.flatMap(kase => {
      const as = standpoint(kase)
      return as === null ? [] : [[kase.id, as] as const]
    }),
  )
}

/** @throws DomainError NOT_FOUND for whoever must not know that the case exists */
export async function viewCase(deps: Deps, tx: Tx, actor: Actor, caseId: string): Promise<CaseView> {
  const [kase] = await caseStore.byIds(tx, actor.countyId, [caseId])
  const as = kase && (await standpoints(deps, tx, actor, [kase])).get(kase.id)
  if (!kase || !as) return fail('NOT_FOUND', { what: `DevelopmentCase:${caseId}` })
  return { caseId, memberId: kase.memberId, orgId: kase.orgId, countyId: actor.countyId, phase: kase.phase, as }
}

/**
 * Holds a case that the actor may write to, for the office whose step it is. Nobody keeps their own case.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE
 */
export async function keepCase(deps: Deps, tx: Tx, actor: Actor, caseId: string): Promise<HeldCase> {
  const view = await viewCase(deps, tx, actor, caseId)
  if (view.as === 'APPLICANT') return fail('OWN_CASE')
  if (view.as !== 'KEEPER')
    return fail('NOT_THE_OFFICE', {
      wantedZh: '所在支部或其上级的书记、管理员',
      wanted: 'the secretary or an administrator of the branch or above',
    })
  const held = await holdCase(tx, actor.countyId, caseId)
  return held ?? fail('NOT_FOUND', { what: `DevelopmentCase:${caseId}` })
}

/** @throws DomainError NOT_THE_OFFICE where a step is the committee's and the actor keeps only the branch */
export async function requireDeciderOffice(deps: Deps, tx: Tx, actor: Actor, orgId: string): Promise<void> {
  const [decider] = (await caseStore.decidersOf(tx, [orgId])).get(orgId) ?? []
  const kept = decider ? await deps.supervision.kept(tx, actor, [decider]) : new Set()
  if (!decider || !kept.has(decider))
    fail('NOT_THE_OFFICE', {
      wantedZh: '上级党委的书记、管理员',
      wanted: 'the secretary or an administrator of the committee above',
    })
}
