import { type Actor, shanghaiDay } from '@linghang/access'
import type { Stretch } from '@linghang/subgraph'
import type { Deps } from '../deps.ts'
import type { Account, Office } from './office.ts'
import { accountStore, officeStore } from './store.ts'

/** Offices by id: those at organisations that the actor sees, and the actor's own. */
export function readOffices(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, Office>> =>
    deps.transact(actor, async tx => {
      const offices = await officeStore.byIds(tx, actor.countyId, ids)
      const seen = await deps.supervision.seen(
        tx,
        actor,
        offices.flatMap(office => office.orgId ?? []),
      )
      const wholeCounty = actor.grants.some(grant => grant.orgId === null)
      const visible = offices.filter(
        office => office.accountId === actor.accountId || (office.orgId ? seen.has(office.orgId) : wholeCounty),
      )
      return new Map(visible.map(office => [office.id, office]))
    })
}

export function readOfficesOf(deps: Deps) {
  return (
    actor: Actor,
    orgIds: readonly string[],
    history: boolean,
    stretch: Stretch,
  ): Promise<Map<string, Office[]>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      return officeStore.atOrganisations(tx, [...seen], shanghaiDay(deps.now()), history, stretch)
    })
}

export function countOfficesOf(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[], history: boolean): Promise<Map<string, number>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      return officeStore.countAtOrganisations(tx, [...seen], shanghaiDay(deps.now()), history)
    })
}

/** Accounts by id: those kept by organisations that the actor sees, and the actor's own. */
export function readAccounts(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, Account>> =>
    deps.transact(actor, async tx => {
      const accounts = await accountStore.byIds(tx, actor.countyId, ids)
      const seen = await deps.supervision.seen(
        tx,
        actor,
        accounts.flatMap(account => account.orgId ?? []),
      )
      const wholeCounty = actor.grants.some(grant => grant.orgId === null)
      const visible = accounts.filter(
        account => account.id === actor.accountId || (account.orgId ? seen.has(account.orgId) : wholeCounty),
      )
      return new Map(visible.map(account => [account.id, account]))
    })
}

/** Of one's own offices: nobody holds more in earnest. */
const officesShown = 100

/** Whoever is asking: the offices they hold today and their county. */
export function readMe(deps: Deps) {
  return (actor: Actor): Promise<{ offices: Office[]; county: { code: string; name: string } | null }> =>
    deps.transact(actor, async tx => ({
      offices: actor.accountId
        ? (await officeStore.heldBy(tx, [actor.accountId], shanghaiDay(deps.now()))).slice(0, officesShown)
        : [],
      county: await accountStore.county(tx, actor.countyId),
    }))
}
