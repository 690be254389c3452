import { readGrants, seesWholeCounty } from '@linghang/access'
import { seesPeopleOf } from '../../sheets/reading/who-sees.ts'
import type { Work } from '../../work.ts'
import type { BoardDecision } from '../decisions/decision.ts'
import { isAddressed } from './place.ts'
import { placeStore, type Seat } from './store.ts'

/** Whether a board that was decided for these is for the actor at all. */
export function isFor({ actor }: Pick<Work, 'actor'>, { audience }: Pick<BoardDecision, 'audience'>): boolean {
  return isAddressed(audience, {
    isPerson: actor.kind === 'PERSON',
    holdsOffice: seesWholeCounty(actor) || readGrants(actor).length > 0,
    belongs: actor.memberId !== null && actor.memberOrgId !== null,
  })
}

/** Those of these branches for which the actor's offices answer, as of sheets (B8); of a year's order, those of the committee. */
async function byOffice(work: Work, kind: BoardDecision['kind'], seats: readonly Seat[]): Promise<Set<string>> {
  const orgIds = seats.map(({ orgId }) => orgId)
  if (kind === 'MEMBERS') return seesPeopleOf(work, orgIds)
  if (kind === 'RED_BLACK') return work.supervision.seen(orgIds)
  const seen = await work.supervision.seen([...new Set(seats.flatMap(({ committeeId }) => committeeId ?? []))])
  return new Set(
    seats.flatMap(({ orgId, committeeId }) => (committeeId !== null && seen.has(committeeId) ? [orgId] : [])),
  )
}

/** Those of these branches whose places the actor is shown, as the county has decided for whom the board is. */
export async function shownTo(
  work: Work,
  { kind, audience }: Pick<BoardDecision, 'kind' | 'audience'>,
  seats: readonly Seat[],
): Promise<string[]> {
  const { tx, actor } = work
  if (audience === 'COUNTY') return seats.map(({ orgId }) => orgId)
  const shown = await byOffice(work, kind, seats)
  const own = new Set([...(actor.memberOrgId === null ? [] : [actor.memberOrgId]), ...readGrants(actor)])
  const circle =
    audience === 'OWN_COMMITTEE' ? await placeStore.committeesOf(tx, actor.countyId, [...own]) : new Set<string>()
  return seats.flatMap(({ orgId, committeeId }) =>
    shown.has(orgId) || (audience !== 'OFFICES' && own.has(orgId)) || (committeeId !== null && circle.has(committeeId))
      ? [orgId]
      : [],
  )
}
