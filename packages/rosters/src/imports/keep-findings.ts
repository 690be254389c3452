import type { RawTx } from '@linghang/access'
import type { Finding } from '../finding.ts'
import { findingStore } from './finding-store.ts'

/** Adds findings behind those that an import has. */
export async function keepFindings(
  tx: RawTx,
  scope: { id: string; countyId: string },
  findings: readonly Finding[],
): Promise<void> {
  if (findings.length > 0)
    await findingStore.addFindings(tx, scope, await findingStore.nextFinding(tx, scope.id), findings)
}
