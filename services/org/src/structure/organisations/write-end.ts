import type { Tx, Work } from '../../work.ts'
import { endedStore } from './ended-store.ts'
import { holdKept } from './hold-organisation.ts'
import type { Organisation } from './organisation.ts'
import { audited, publishChange, published } from './published-organisation.ts'
import { organisationStore } from './store.ts'

/**
 * Writes that an organisation that the actor keeps has ended, and hands the logins that it keeps to whoever follows it or is
 * above.
 * @param require asked while nobody changes it or the tree
 * @throws DomainError NOT_FOUND, and as `require`
 */
export async function writeEnd(
  work: Work,
  id: string,
  intoOrgId: string | null,
  require: (before: Organisation) => Promise<void>,
): Promise<Organisation> {
  const { tx, actor, today } = work
  await organisationStore.lockMoves(tx, actor.countyId)
  const before = await holdKept(work, id)
  await require(before)
  const after = await endedStore.end(tx, actor.countyId, before, today, intoOrgId)
  const keeper = intoOrgId ?? before.superiorId
  if (keeper !== null) await endedStore.handOverAccounts(tx, actor.countyId, id, keeper)
  await publishChange(
    work,
    audited('organisation.ended', before, after),
    published('org.organisation.changed.v1', after),
  )
  return after
}

/** Writes when a temporary branch ends by itself. */
export const writeLastDay = ({ tx, actor }: Work, id: string, endsOn: string): Promise<void> =>
  endedStore.writeLastDay(tx, actor.countyId, id, endsOn)

/** Temporary branches whose last day is past and that go on. */
export const pastTheirDay = ({ tx, actor, today }: Work, most: number): Promise<string[]> =>
  endedStore.past(tx, actor.countyId, today, most)

/** The counties that live here, for what the service does by itself. */
export const countiesHere = (tx: Tx): Promise<string[]> => endedStore.counties(tx)
