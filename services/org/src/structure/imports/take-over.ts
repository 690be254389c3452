import { systemActor } from '@linghang/access'
import type { ChunkResult, Finding, Foreseen, ImportScope } from '@linghang/rosters'
import { keepFindings } from '@linghang/rosters/imports'
import type { Tx } from '../../work.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { heldByCode, holdTree, registeredByCode, takeIn } from '../organisations/take-in.ts'
import { judgeHierarchy } from '../roster/hierarchy.ts'
import type { JudgedOrganisation } from '../roster/judge-organisation.ts'
import { endedFinding, endedRows, outsideScope } from './outside-scope.ts'
import { codesOf, judgedOf, stagedOf } from './staged-rows.ts'
import { importedStore, type Staged } from './store.ts'
import { weighRows } from './weigh-rows.ts'

const refusalsAtMost = 1_000

/** The file judged anew, as the register and the scope are now. */
export async function readRefusals(tx: Tx, scope: ImportScope): Promise<Finding[]> {
  await holdTree(tx, scope.countyId)
  const registered = await importedStore.registered(tx, scope)
  const rows: JudgedOrganisation[] = []
  for await (const staged of stagedOf(tx, scope)) rows.push(...staged.map(judgedOf))
  const outside = rows.flatMap(row => [...outsideScope(row, registered), ...endedRows(row, registered)])
  return [...outside, ...judgeHierarchy(rows, registered.byCode)].slice(0, refusalsAtMost)
}

/** What taking over would do with staged rows behind `after`, up to and with `through`. */
export async function foresee(
  tx: Tx,
  scope: ImportScope,
  after: number,
  through: number,
  newId: () => string,
): Promise<Foreseen> {
  const foreseen: Foreseen = { added: 0, changed: 0, unchanged: 0 }
  const known = new Map<string, Organisation>()
  for await (const rows of stagedOf(tx, scope, after, through)) {
    for (const [code, found] of await registeredByCode(tx, scope.countyId, codesOf(rows))) known.set(code, found)
    const { added, changed } = weighRows(rows, known, newId)
    // Those below it are weighed against one that is still to be registered.
    for (const organisation of added) known.set(organisation.code, organisation)
    foreseen.added += added.length
    foreseen.changed += changed.length
    foreseen.unchanged += rows.length - added.length - changed.length
  }
  return foreseen
}

/** Takes over the staged rows behind `after`, `limit` at most, in the name of whoever commits the import. */
export async function takeOver(
  tx: Tx,
  scope: ImportScope,
  { after, limit, accountId }: { after: number; limit: number; accountId: string | null },
  newId: () => string,
): Promise<ChunkResult> {
  const taken = await importedStore.staged(tx, scope.id, after, limit)
  if (taken.length === 0) return { taken: 0, through: after, added: 0, changed: 0, unchanged: 0, refused: 0 }
  await holdTree(tx, scope.countyId)
  const refused = await refuseOutside(tx, scope, taken)
  const candidates = taken.filter(({ line }) => !refused.has(line))
  const known = await heldByCode(tx, scope.countyId, codesOf(candidates))
  const rows = await refuseEnded(tx, scope, candidates, known)
  const { added, changed } = weighRows(rows, known, newId)
  await takeIn({ tx, actor: { ...systemActor(scope.countyId), accountId } }, added, changed)
  return {
    taken: taken.length,
    through: taken[taken.length - 1]?.n ?? after,
    refused: taken.length - rows.length,
    added: added.length,
    changed: changed.length,
    unchanged: rows.length - added.length - changed.length,
  }
}

/** The rows without those of organisations that have ended since the file was judged, or below one; each is written down. */
async function refuseEnded(
  tx: Tx,
  scope: ImportScope,
  rows: readonly Staged[],
  known: ReadonlyMap<string, Organisation>,
): Promise<Staged[]> {
  const hasEnded = (code: string | null): code is string => code !== null && known.get(code)?.endedOn != null
  const ended = rows.flatMap(({ line, record: { code, superiorCode } }) => {
    const found = [code, superiorCode].find(hasEnded)
    return found ? [endedFinding(line, found)] : []
  })
  await keepFindings(tx, scope, ended)
  const lines = new Set(ended.map(({ line }) => line))
  return rows.filter(({ line }) => !lines.has(line))
}

/** Rows of which the organisation, or its superior, is not the importer's to write at this moment; each is written down. */
async function refuseOutside(tx: Tx, scope: ImportScope, rows: readonly Staged[]): Promise<ReadonlySet<number>> {
  if (scope.orgId === null) return new Set()
  const registered = await importedStore.registered(tx, scope)
  const outside = rows.flatMap(row => outsideScope(judgedOf(row), registered))
  await keepFindings(tx, scope, outside)
  return new Set(outside.flatMap(({ line }) => line ?? []))
}
