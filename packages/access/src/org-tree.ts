import { anyOf, batchOf, insertBatch, sqlOf } from '@linghang/database'
import { sql } from 'kysely'
import { awaitEnd } from './going-on.ts'
import type { RawTx } from './transact.ts'

/** An organisation as every service knows it, from the org service's events. */
export type OrgNode = {
  id: string
  countyId: string
  superiorId: string | null
  code: string
  name: string
  kind: string
  /** In what kind of unit it is set up; null where that is not recorded. */
  unitKind: string | null
  /** Whether it may approve, as its superior has recorded; null: by the rule. */
  approves: boolean | null
  /** Since when it is dissolved or merged; null or left out while it goes on. */
  endedOn?: string | null
  version: number
}

/**
 * Writes organisations into this service's tree, superiors before inferiors. A node that has changed its superior
 * takes its whole subtree along in one update. Versions that are already known change nothing.
 * @param nodes one county's, each organisation at most once; a superior is in `nodes` before it or known already
 * @throws when a superior is unknown: its event comes first on the same partition, so this is a fault to look at
 */
export async function writeOrgNodes(tx: RawTx, written: readonly OrgNode[]): Promise<void> {
  if (written.length === 0) return
  const nodes = written.map(node => ({ ...node, endedOn: node.endedOn ?? null }))
  for (const { id, endedOn } of nodes) if (endedOn !== null) await awaitEnd(tx, id)
  const known = await knownNodes(tx, nodes)
  const fresh = nodes.filter(node => !known.has(node.id))
  const moved = nodes.filter(node => {
    const before = known.get(node.id)
    return before && before.version < node.version && before.superiorId !== node.superiorId
  })
  await insertNodes(tx, fresh)
  const changed = nodes.filter(node => known.has(node.id) && !moved.includes(node))
  await sqlOf(tx)
    .updateTable('orgNode as n')
    .from(batchOf('orgNode', changed))
    .set(({ ref }) => ({
      code: ref('batch.code'),
      name: ref('batch.name'),
      kind: ref('batch.kind'),
      unitKind: ref('batch.unitKind'),
      approves: ref('batch.approves'),
      endedOn: ref('batch.endedOn'),
      version: sql<bigint>`batch.version`,
    }))
    .whereRef('n.id', '=', 'batch.id')
    .where(sql<boolean>`n.version < batch.version`)
    .execute()
  for (const node of moved) await moveSubtree(tx, node)
}

async function knownNodes(tx: RawTx, nodes: readonly OrgNode[]) {
  const rows = await sqlOf(tx)
    .selectFrom('orgNode')
    .select(['id', 'superiorId', 'version'])
    .where('id', '=', anyOf(nodes.map(node => node.id)))
    .forUpdate()
    .execute()
  return new Map(rows.map(({ id, superiorId, version }) => [id, { superiorId, version: Number(version) }]))
}

const label = (id: string): string => id.replaceAll('-', '')

async function insertNodes(tx: RawTx, nodes: readonly OrgNode[]): Promise<void> {
  if (nodes.length === 0) return
  const inBatch = new Map(nodes.map(node => [node.id, node]))
  const outside = nodes.flatMap(node => (node.superiorId && !inBatch.has(node.superiorId) ? [node.superiorId] : []))
  const rows = await sqlOf(tx).selectFrom('orgNode').select(['id', 'path']).where('id', '=', anyOf(outside)).execute()
  const paths = new Map(rows.map(row => [row.id, row.path]))
  const pathOf = (node: OrgNode): string => {
    const known = paths.get(node.id)
    if (known) return known
    const superior = node.superiorId ? inBatch.get(node.superiorId) : undefined
    const above = node.superiorId === null ? '' : superior ? pathOf(superior) : paths.get(node.superiorId)
    if (above === undefined)
      throw new RangeError(`organisation ${node.id} reports to ${node.superiorId}, which is unknown here`)
    const path = above === '' ? label(node.id) : `${above}.${label(node.id)}`
    paths.set(node.id, path)
    return path
  }
  // No "on conflict": it would hold a new row against what its writer may read already, and whoever keeps a part of the
  // county could register nothing. A node that somebody else wrote at the same moment fails the batch, which comes again.
  const placed = nodes.map(({ endedOn = null, ...node }) => ({
    ...node,
    endedOn,
    path: pathOf(node),
    version: BigInt(node.version),
  }))
  await insertBatch(
    sqlOf(tx),
    'orgNode',
    ['id', 'countyId', 'superiorId', 'code', 'name', 'kind', 'unitKind', 'approves', 'endedOn', 'path', 'version'],
    placed,
  ).execute()
}

async function moveSubtree(tx: RawTx, node: OrgNode): Promise<void> {
  const above = node.superiorId
    ? await sqlOf(tx)
        .selectFrom(['orgNode as s', 'orgNode as m'])
        .select(['s.path', sql<boolean>`s.path <@ m.path`.as('inside')])
        .where('s.id', '=', node.superiorId)
        .where('m.id', '=', node.id)
        .execute()
    : [{ path: '', inside: false }]
  if (above[0]?.inside) throw new RangeError(`organisation ${node.id} would move under itself`)
  if (!above[0]) throw new RangeError(`organisation ${node.id} moves under ${node.superiorId}, which is unknown here`)
  await sqlOf(tx)
    .updateTable('orgNode as n')
    .from('orgNode as m')
    .set({ path: sql<string>`${above[0].path}::text::ltree || subpath(n.path, nlevel(m.path) - 1)` })
    .where('m.id', '=', node.id)
    .where(sql<boolean>`n.path <@ m.path`)
    .execute()
  const { id, superiorId, code, name, kind, unitKind, approves, endedOn = null, version } = node
  await sqlOf(tx)
    .updateTable('orgNode')
    .set({ superiorId, code, name, kind, unitKind, approves, endedOn, version: BigInt(version) })
    .where('id', '=', id)
    .execute()
}
