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
  await keepAccounts(
    tx,
    countyId,
    offices.map(({ accountId }) => accountId),
  )
}

/** Remembers that there are these accounts, in the transaction that hears of them. */
export const keepAccounts = (tx: RawTx, countyId: string, ids: readonly string[]): Promise<void> =>
  officeStore.keepAccounts(tx, countyId, [...new Set(ids)])

/** Whether there is such an account in the county, wherever it is kept. */
export const knowsAccount = (tx: RawTx, id: string): Promise<boolean> => officeStore.knowsAccount(tx, id)
