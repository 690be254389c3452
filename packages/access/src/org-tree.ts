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
  version: number
}

/**
 * Writes organisations into this service's tree, superiors before inferiors. A node that has changed its superior
 * takes its whole subtree along in one update. Versions that are already known change nothing.
 * @param nodes one county's, each organisation at most once; a superior is in `nodes` before it or known already
 * @throws when a superior is unknown: its event comes first on the same partition, so this is a fault to look at
 */
export async function writeOrgNodes(tx: RawTx, nodes: readonly OrgNode[]): Promise<void> {
  if (nodes.length === 0) return
  const known = await knownNodes(tx, nodes)
  const fresh = nodes.filter(node => !known.has(node.id))
  const moved = nodes.filter(node => {
    const before = known.get(node.id)
    return before && before.version < node.version && before.superiorId !== node.superiorId
  })
  await insertNodes(tx, fresh)
  await tx.$executeRawUnsafe(
    `update org_node n set code = w.code, name = w.name, kind = w.kind, unit_kind = w."unitKind", approves = w.approves, version = w.version
     from jsonb_to_recordset($1::jsonb) as w (id uuid, code text, name text, kind text, "unitKind" text, approves boolean, version bigint)
     where n.id = w.id and n.version < w.version`,
    JSON.stringify(nodes.filter(node => known.has(node.id) && !moved.includes(node))),
  )
  for (const node of moved) await moveSubtree(tx, node)
}

async function knownNodes(tx: RawTx, nodes: readonly OrgNode[]) {
  const rows = await tx.$queryRawUnsafe<{ id: string; superior_id: string | null; version: bigint }[]>(
    'select id, superior_id, version from org_node where id = any ($1::uuid[]) for update',
    nodes.map(node => node.id),
  )
  return new Map(rows.map(row => [row.id, { superiorId: row.superior_id, version: Number(row.version) }]))
}

const label = (id: string): string => id.replaceAll('-', '')

async function insertNodes(tx: RawTx, nodes: readonly OrgNode[]): Promise<void> {
  if (nodes.length === 0) return
  const inBatch = new Map(nodes.map(node => [node.id, node]))
  const outside = nodes.flatMap(node => (node.superiorId && !inBatch.has(node.superiorId) ? [node.superiorId] : []))
  const rows = await tx.$queryRawUnsafe<{ id: string; path: string }[]>(
    'select id, path::text as path from org_node where id = any ($1::uuid[])',
    outside,
  )
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
  await tx.$executeRawUnsafe(
    `insert into org_node (id, county_id, superior_id, code, name, kind, unit_kind, approves, path, version)
     select id, "countyId", "superiorId", code, name, kind, "unitKind", approves, path::ltree, version from jsonb_to_recordset($1::jsonb)
       as w (id uuid, "countyId" uuid, "superiorId" uuid, code text, name text, kind text, "unitKind" text, approves boolean, path text, version bigint)`,
    JSON.stringify(nodes.map(node => ({ ...node, path: pathOf(node) }))),
  )
}

async function moveSubtree(tx: RawTx, node: OrgNode): Promise<void> {
  const above = node.superiorId
    ? await tx.$queryRawUnsafe<{ path: string; inside: boolean }[]>(
        'select s.path::text as path, s.path <@ m.path as inside from org_node s, org_node m where s.id = $1::uuid and m.id = $2::uuid',
        node.superiorId,
        node.id,
      )
    : [{ path: '', inside: false }]
  if (above[0]?.inside) throw new RangeError(`organisation ${node.id} would move under itself`)
  if (!above[0]) throw new RangeError(`organisation ${node.id} moves under ${node.superiorId}, which is unknown here`)
  await tx.$executeRawUnsafe(
    `update org_node n set path = $2::text::ltree || subpath(n.path, nlevel(m.path) - 1)
     from org_node m where m.id = $1::uuid and n.path <@ m.path`,
    node.id,
    above[0].path,
  )
  await tx.$executeRawUnsafe(
    `update org_node set superior_id = $2::uuid, code = $3, name = $4, kind = $5, version = $6, unit_kind = $7, approves = $8 where id = $1::uuid`,
    node.id,
    node.superiorId,
    node.code,
    node.name,
    node.kind,
    BigInt(node.version),
    node.unitKind,
    node.approves,
  )
}
