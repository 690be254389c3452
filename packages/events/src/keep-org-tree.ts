import { type Doing, writeOrgNodes } from '@linghang/access'
import { reaction } from './reaction.ts'

/** Keeps a service's own tree of organisations, on which its row-level security rests. */
export const keepOrgTree = reaction(
  ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  async ({ tx, actor }: Doing, events) => {
    // One organisation several times in a batch: its newest state, at the place of its first, keeps superiors in front.
    const newest = newestOf(events, ({ id }) => id)
    await writeOrgNodes(
      tx,
      newest.map(({ id, superiorId, code, name, kind, unitKind, approves, endedOn, version }) => ({
        id,
        countyId: actor.countyId,
        superiorId,
        code,
        name,
        kind,
        unitKind: unitKind ?? null,
        approves: approves ?? null,
        endedOn: endedOn ?? null,
        version,
      })),
    )
  },
)

/** The newest state of each subject in a batch of events that each carry the whole state. */
export function newestOf<Data extends { version: number }>(
  events: readonly { data: Data }[],
  idOf: (data: Data) => string,
): Data[] {
  const newest = new Map<string, Data>()
  for (const { data } of events) {
    if ((newest.get(idOf(data))?.version ?? 0) < data.version) newest.set(idOf(data), data)
  }
  return [...newest.values()]
}
