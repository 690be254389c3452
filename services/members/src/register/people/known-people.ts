import type { Tx } from '../../work.ts'
import type { Member } from './member.ts'
import { memberStore } from './store.ts'

/** People of the register for other rooms, as the transaction's actor may see them; the others are left out. */
export const knownPeople = (tx: Tx, countyId: string, ids: readonly string[]): Promise<Member[]> =>
  memberStore.byIds(tx, countyId, ids)

/** A person held until the transaction ends; null where there is none that the actor may see. */
export const holdPerson = async (tx: Tx, countyId: string, id: string): Promise<Member | null> =>
  (await memberStore.lock(tx, countyId, id))?.member ?? null

/** The version at which the register has each of these people. */
export const versionsOf = (tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, number>> =>
  memberStore.versionsOf(tx, countyId, ids)

/** What kind of organisation it is, as this service's tree has it; null where it is not known. */
export const organisationKind = (tx: Tx, orgId: string): Promise<string | null> =>
  memberStore.kindOfOrganisation(tx, orgId)

/** Notes whether an open case decides where people stand. */
export const setDecidedByCase = (
  tx: Tx,
  countyId: string,
  people: readonly { id: string; decided: boolean }[],
): Promise<void> => memberStore.setDecidedByCase(tx, countyId, people)
