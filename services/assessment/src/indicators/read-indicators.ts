import type { Actor } from '@linghang/access'
import type { Deps } from '../deps.ts'
import { type Indicator, indicatorsOf, indicatorsOfPerson } from './indicator.ts'
import { factStore } from './store.ts'

/** Indicators of organisations that the actor sees, each over itself and all below it. */
export function readOrganisationIndicators(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[]): Promise<Map<string, Indicator[]>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      const tallies = await factStore.talliesBelow(tx, [...seen])
      return new Map([...tallies].map(([id, tally]) => [id, indicatorsOf(tally)]))
    })
}

/** What people have to do with the indicators: those of organisations that the actor sees, and the actor. */
export function readPersonIndicators(deps: Deps) {
  return (actor: Actor, memberIds: readonly string[]): Promise<Map<string, Indicator[]>> =>
    deps.transact(actor, async tx => {
      const facts = await factStore.byMembers(tx, actor.countyId, memberIds)
      const seen = await deps.supervision.seen(tx, actor, [...new Set(facts.flatMap(fact => fact.orgId ?? []))])
      const visible = facts.filter(
        fact => fact.memberId === actor.memberId || (fact.orgId !== null && seen.has(fact.orgId)),
      )
      return new Map(visible.map(fact => [fact.memberId, indicatorsOfPerson(fact)]))
    })
}
