import { countiesSummed } from '@linghang/access'
import { many, one } from '@linghang/subgraph'
import type { Work } from '../work.ts'
import { indicatorsOf, indicatorsOfPerson } from './indicator.ts'
import { factStore } from './store.ts'

/** Indicators of organisations that the actor sees, each over itself and all below it. */
export const indicatorsOfOrganisation = many(async ({ tx, supervision }: Work, orgIds) => {
  const seen = await supervision.seen(orgIds)
  const tallies = await factStore.talliesBelow(tx, [...seen])
  return new Map([...tallies].map(([id, tally]) => [id, indicatorsOf(tally)]))
})

/** What people have to do with the indicators: those of organisations that the actor sees, and the actor. */
export const indicatorsOfMember = many(async ({ tx, actor, supervision }: Work, memberIds) => {
  const facts = await factStore.byMembers(tx, actor.countyId, memberIds)
  const seen = await supervision.seen([...new Set(facts.flatMap(fact => fact.orgId ?? []))])
  const visible = facts.filter(
    fact => fact.memberId === actor.memberId || (fact.orgId !== null && seen.has(fact.orgId)),
  )
  return new Map(visible.map(fact => [fact.memberId, indicatorsOfPerson(fact)]))
})

/** Of whole counties, for whoever may see their sums: one statement for all. */
export const tallyOfCounty = one(
  async (work: Work, countyIds) => factStore.talliesOfCounties(work.tx, await countiesSummed(work, countyIds)),
  { city: true },
)
