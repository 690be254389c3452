import { officeOfPost } from '@linghang/rulebook'
import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { isHeldOn, type Seat } from './seat.ts'
import { seatStore } from './store.ts'

/** Those whose committee the actor knows: whom they see, and the organisation that they belong to. */
async function known({ actor, supervision }: Work, orgIds: readonly string[]): Promise<string[]> {
  const seen = await supervision.seen(orgIds)
  if (actor.memberOrgId && orgIds.includes(actor.memberOrgId)) seen.add(actor.memberOrgId)
  return [...seen]
}

/** Seats by id: those in committees that the actor knows. */
export const seatById = one(async (work: Work, ids) => {
  const seats = await seatStore.byIds(work.tx, work.actor.countyId, ids)
  const orgs = new Set(
    await known(
      work,
      seats.map(({ orgId }) => orgId),
    ),
  )
  return new Map(seats.filter(({ orgId }) => orgs.has(orgId)).map(seat => [seat.id, seat]))
})

/** Who sits in each committee on a day, by the day on which they came. */
export const committeesOn = many(
  async (work: Work, orgIds, day: string | null): Promise<Map<string, Seat[]>> =>
    seatStore.heldOn(work.tx, await known(work, orgIds), day ?? work.today),
)

export const committeeHistory = many(async (work: Work, orgIds, stretch: Stretch) =>
  seatStore.historyOf(work.tx, await known(work, orgIds), stretch),
)

export const committeeHistoryCount = count(async (work: Work, orgIds) =>
  seatStore.countOf(work.tx, await known(work, orgIds)),
)

/** Who sits in an organisation's committee on a day. Whether it is the actor's to see has been asked before. */
export const seatsOn = async ({ tx }: Pick<Work, 'tx'>, orgId: string, day: string): Promise<Seat[]> =>
  (await seatStore.heldOn(tx, [orgId], day)).get(orgId) ?? []

/** Who sits in each of these committees on a day. Whether they are the actor's to see has been asked before. */
export const seatsOfAll = (tx: Work['tx'], orgIds: readonly string[], day: string): Promise<Map<string, Seat[]>> =>
  seatStore.heldOn(tx, orgIds, day)

export type OfferedOffice = { role: 'SECRETARY' | 'DISCIPLINE_INSPECTOR'; accountId: string }

/**
 * The office that each seat offers: to whoever administers the organisation, where its holder has a login that they may
 * appoint and that does not hold the office. Whom the seat names is not asked for again.
 */
export const offeredOfficeOf = one(async ({ tx, actor, supervision, today }: Work, ids) => {
  const seats = (await seatStore.byIds(tx, actor.countyId, ids)).filter(seat => isHeldOn(seat, today))
  const orgIds = await supervision.heldAs('ADMIN', [...new Set(seats.map(({ orgId }) => orgId))])
  const accounts = await seatStore.accountsOf(
    tx,
    actor.countyId,
    seats.map(({ memberId }) => memberId),
  )
  const held = await seatStore.officesHeld(tx, [...orgIds], [...accounts.values()], today)
  return new Map(
    seats.flatMap(({ id, orgId, memberId, post }): [string, OfferedOffice][] => {
      const [role, accountId] = [officeOfPost(post), accounts.get(memberId)]
      if (role === null || accountId === undefined || !orgIds.has(orgId)) return []
      return held.has(`${orgId}/${accountId}/${role}`) ? [] : [[id, { role, accountId }]]
    }),
  )
})
