import { type Doing, recordAudit, writeOrgNodes } from '@linghang/access'
import { publish } from '@linghang/events'
import type { Tx } from '../../work.ts'
import type { Organisation, OrganisationRecord } from './organisation.ts'
import { audited, published } from './published-organisation.ts'
import { organisationStore } from './store.ts'

/** Until the transaction ends nobody else moves an organisation of the county or takes some in. */
export const holdTree = (tx: Tx, countyId: string): Promise<void> => organisationStore.lockMoves(tx, countyId)

const byCode = (organisations: readonly Organisation[]): Map<string, Organisation> =>
  new Map(organisations.map(organisation => [organisation.code, organisation]))

/** Those of the county that are registered under these codes. */
export const registeredByCode = async (tx: Tx, countyId: string, codes: readonly string[]) =>
  byCode(await organisationStore.byCodes(tx, countyId, codes))

/** The same, held until the transaction ends. */
export const heldByCode = async (tx: Tx, countyId: string, codes: readonly string[]) =>
  byCode(await organisationStore.lockByCodes(tx, countyId, codes))

export type Changed = { before: Organisation; record: OrganisationRecord }

/**
 * Registers and changes organisations as a roster has them, in a few statements for all that are new.
 * @param added superiors before those below them
 */
export async function takeIn(
  { tx, actor }: Doing<Tx>,
  added: readonly Organisation[],
  changed: readonly Changed[],
): Promise<void> {
  const { countyId } = actor
  await insertAll(tx, countyId, added)
  const updated: { before: Organisation; after: Organisation }[] = []
  for (const { before, record } of changed)
    updated.push({ before, after: await organisationStore.update(tx, countyId, before, record) })
  await recordAudit({ tx, actor }, [
    ...added.map(after => audited('organisation.imported', null, after)),
    ...updated.map(({ before, after }) => audited('organisation.imported', before, after)),
  ])
  await publish({ tx, actor }, [
    ...added.map(after => published('org.organisation.registered.v1', after)),
    ...updated.map(({ before, after }) =>
      published(
        before.superiorId === after.superiorId ? 'org.organisation.changed.v1' : 'org.organisation.moved.v1',
        after,
      ),
    ),
  ])
}

async function insertAll(tx: Tx, countyId: string, organisations: readonly Organisation[]): Promise<void> {
  if (organisations.length === 0) return
  await writeOrgNodes(
    tx,
    organisations.map(({ id, superiorId, code, name, kind, unitKind, approvalPower, version }) => ({
      ...{ id, countyId, superiorId, code, name, kind, unitKind, version },
      approves: approvalPower?.approves ?? null,
    })),
  )
  await organisationStore.insertMany(tx, countyId, organisations)
}
