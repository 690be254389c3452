import type { RawTx } from '@linghang/access'
import { type HeldOffice, officeStore } from './store.ts'

/** Remembers who holds which office, in the transaction that hears of it. @param offices in the order of their events */
export async function keepOffices(
  tx: RawTx,
  countyId: string,
  offices: readonly (HeldOffice & { toldAt: string })[],
): Promise<void> {
  // One office twice in a batch: what was said last holds.
  const newest = new Map(offices.map(office => [office.id, office]))
  await officeStore.keep(tx, countyId, [...newest.values()])
}
