import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Office } from './office.ts'
import { officeStore } from './store.ts'

/** Offices by id: those at organisations that the actor sees, and the actor's own. */
export const officeById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const offices = await officeStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen(offices.flatMap(office => office.orgId ?? []))
  const wholeCounty = actor.grants.some(grant => grant.orgId === null)
  const visible = offices.filter(
    office => office.accountId === actor.accountId || (office.orgId ? seen.has(office.orgId) : wholeCounty),
  )
  return new Map(visible.map(office => [office.id, office]))
})

/** Of each organisation that the actor sees; `history`: with those that have ended. */
export const officesAt = many(
  async (
    { tx, supervision, today }: Work,
    orgIds,
    history: boolean,
    stretch: Stretch,
  ): Promise<Map<string, Office[]>> =>
    officeStore.atOrganisations(tx, [...(await supervision.seen(orgIds))], today, history, stretch),
)

export const officeCountAt = count(async ({ tx, supervision, today }: Work, orgIds, history: boolean) =>
  officeStore.countAtOrganisations(tx, [...(await supervision.seen(orgIds))], today, history),
)

/** Of one's own offices: nobody holds more in earnest. */
const officesShown = 100

/** The offices that the actor holds today; another account's are not told here. */
export const ownOffices = many(async ({ tx, actor, today }: Work, accountIds) => {
  const own = accountIds.filter(id => id === actor.accountId)
  const held = await officeStore.heldBy(tx, own, today)
  return new Map(own.map(id => [id, held.slice(0, officesShown)]))
})

/** What an account holds today. */
export const officesHeldBy = ({ tx, today }: Pick<Work, 'tx' | 'today'>, accountId: string): Promise<Office[]> =>
  officeStore.heldBy(tx, [accountId], today)
