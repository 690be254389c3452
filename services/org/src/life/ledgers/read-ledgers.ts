import { lifeLedger } from '@linghang/rulebook'
import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { lifeBodiesOf } from '../bodies/read-bodies.ts'
import { heldStore } from '../meetings/held-store.ts'
import type { Ledger } from './ledger.ts'
import { ledgerStore, type Planned } from './store.ts'

const later = (one: string, other: string | null): string => (other !== null && other > one ? other : one)

/** What was due, held and missing in a year at each organisation that the actor sees. Five statements, whatever their number. */
export const ledgersOf = one(async (work: Work, orgIds, year: number) => {
  const { tx, actor, supervision, today } = work
  const organisations = await ledgerStore.organisations(tx, actor.countyId, [...(await supervision.seen(orgIds))])
  const ids = organisations.map(({ id }) => id)
  const period = { from: `${year}-01-01`, until: `${year}-12-31` }
  const held = await heldStore.at(tx, ids, period.from, period.until)
  const first = await ledgerStore.firstDays(tx, ids)
  const bodies = await lifeBodiesOf(work, organisations)
  const ledgerOf = ({ id, kind, establishedOn }: Planned): Ledger => {
    const known = first.get(id) ?? null
    const knownSince = known === null ? null : later(known, establishedOn)
    const body = bodies.get(id) ?? { hasCommittee: false, groups: 0 }
    const facts = { organisationKind: kind, body, year: period, held: held.get(id) ?? [], today }
    // Nothing is missing of an organisation of which nothing is known (what is not known is not zero).
    const lines = lifeLedger({ ...facts, knownSince: knownSince ?? '9999-12-31' })
    return { orgId: id, year, knownSince, lines }
  }
  return new Map(organisations.map(organisation => [organisation.id, ledgerOf(organisation)]))
})
