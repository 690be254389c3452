import { type RawTx, writeOrgNodes } from '@linghang/access'
import type { OrganisationState } from './catalogue.ts'
import type { Reaction } from './consumer.ts'
import type { Event } from './envelope.ts'

/** Keeps a service's own tree of organisations, on which its row-level security rests. */
export const keepOrgTree: Reaction<RawTx> = {
  types: ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  async react(tx, actor, events) {
    // One organisation several times in a batch: its newest state, at the place of its first, keeps superiors in front.
    const newest = new Map<string, OrganisationState>()
    for (const { data } of events as (Event & { data: OrganisationState })[]) {
      if ((newest.get(data.id)?.version ?? 0) < data.version) newest.set(data.id, data)
    }
    await writeOrgNodes(
      tx,
      [...newest.values()].map(({ id, superiorId, code, name, kind, unitKind, approves, version }) => ({
        id,
        countyId: actor.countyId,
        superiorId,
        code,
        name,
        kind,
        unitKind: unitKind ?? null,
        approves: approves ?? null,
        version,
      })),
    )
  },
}

/** The newest state of each subject in a batch of events that each carry the whole state. */
export function newestOf<Data extends { version: number }>(
  events: readonly Event[],
  idOf: (data: Data) => string,
): Data[] {
  const newest = new Map<string, Data>()
  for (const event of events) {
    const data = event.data as unknown as Data
    if ((newest.get(idOf(data))?.version ?? 0) < data.version) newest.set(idOf(data), data)
  }
  return [...newest.values()]
}
