import { type RawTx, recordAudit, systemActor, type Transact, writeOrgNodes } from '@linghang/access'
import { tell } from '@linghang/events'
import {
  type ChunkResult,
  createFinding,
  type Finding,
  type ImportScope,
  type Judgement,
  type Roster,
  type Row,
} from '@linghang/rosters'
import { v7 as uuidv7 } from 'uuid'
import type { Tx } from '../deps.ts'
import { hashOf, type Organisation, type OrganisationRecord } from '../organisations/organisation.ts'
import { organisationStore } from '../organisations/store.ts'
import { stateOf } from '../organisations/write-organisation.ts'
import { type OrganisationColumn, organisationColumns } from '../roster/columns.ts'
import { judgeHierarchy, orderBySuperior } from '../roster/hierarchy.ts'
import {
  type JudgedOrganisation,
  judgeOrganisation,
  type OrganisationRecord as RosterRecord,
} from '../roster/judge-organisation.ts'
import { importedStore } from './store.ts'

/** Organisations of one file are judged against each other, so they are all in memory: a city has some thirty thousand. */
const organisationsAtMost = 200_000

/** How rosters of organisations are judged and taken over. */
export function createOrganisationRoster(transact: Transact<Tx>): Roster<OrganisationColumn, Tx> {
  return {
    subject: 'Organisation',
    columns: organisationColumns,
    begin: async (scope, today) =>
      createJudgement(
        scope,
        await transact(systemActor(scope.countyId), tx => importedStore.registered(tx, scope)),
        today,
      ),
    takeOver: (tx, scope, after, limit, accountId) => takeOver(tx, scope, after, limit, accountId),
  }
}

type Registered = Awaited<ReturnType<typeof importedStore.registered>>

function createJudgement(scope: ImportScope, registered: Registered, today: string): Judgement<OrganisationColumn> {
  const judged: JudgedOrganisation[] = []
  return {
    async judge(rows: Row<OrganisationColumn>[]) {
      const batch = rows.map(row => judgeOrganisation(row, today))
      if (judged.length + batch.length > organisationsAtMost)
        throw new RangeError(`more than ${organisationsAtMost} organisations in one file`)
      judged.push(...batch)
      return { findings: batch.flatMap(row => row.findings), staged: [] }
    },
    missing: tx =>
      importedStore.missing(
        tx,
        scope,
        judged.flatMap(row => row.code ?? []),
      ),
    async finish() {
      const outside = judged.flatMap(row => outsideScope(row, registered))
      const barred = new Set(outside.map(finding => finding.line))
      const candidates = judged.map(row => (barred.has(row.line) ? { ...row, organisation: null } : row))
      const hierarchy = judgeHierarchy(candidates, registered.byCode)
      const refused = new Set(hierarchy.map(finding => finding.line))
      const good = candidates.flatMap(row =>
        row.organisation && !refused.has(row.line) ? [{ ...row.organisation, line: row.line }] : [],
      )
      const staged = orderBySuperior(good).map(({ line, ...record }) => ({ line, record }))
      return { findings: [...outside, ...hierarchy].sort((one, other) => (one.line ?? 0) - (other.line ?? 0)), staged }
    },
  }
}

/** Whoever administers a part of the county brings in that part alone. */
function outsideScope(row: JudgedOrganisation, registered: Registered): Finding[] {
  if (!row.organisation || registered.within === null) return []
  const { code, superiorCode } = row.organisation
  const isElsewhere = (known: string | null) =>
    known !== null && registered.byCode.has(known) && !registered.within?.has(known)
  if (!isElsewhere(code) && !isElsewhere(superiorCode) && superiorCode !== null) return []
  // A committee's own row stands in its roster; its superior is outside, and stays what it is.
  if (registered.within.has(code) && registered.byCode.get(code)?.superiorCode === superiorCode) return []
  return [
    createFinding({
      line: row.line,
      column: '党组织代码',
      severity: 'ERROR',
      code: 'OUTSIDE_YOUR_ORGANISATIONS',
      found: code,
      about: { zh: '不在您管理的党组织范围内', en: 'this is outside of the organisations that you administer' },
      wanted: { zh: '您管理的党组织及其下级', en: 'an organisation that you administer, or one below it' },
    }),
  ]
}

async function takeOver(
  tx: Tx,
  scope: ImportScope,
  after: number,
  limit: number,
  accountId: string | null,
): Promise<ChunkResult> {
  const rows = await importedStore.staged(tx, scope.id, after, limit)
  if (rows.length === 0) return { taken: 0, through: after, added: 0, changed: 0, unchanged: 0 }
  await organisationStore.lockMoves(tx, scope.countyId)
  const actor = { ...systemActor(scope.countyId), accountId }
  const codes = rows.flatMap(({ record }) => [record.code, ...(record.superiorCode ? [record.superiorCode] : [])])
  const known = new Map(
    (await organisationStore.lockByCodes(tx, scope.countyId, codes)).map(organisation => [
      organisation.code,
      organisation,
    ]),
  )
  const idOf = new Map([...known].map(([code, organisation]) => [code, organisation.id]))
  for (const { record } of rows) if (!idOf.has(record.code)) idOf.set(record.code, uuidv7())
  const added: Organisation[] = []
  const changed: { before: Organisation; record: OrganisationRecord }[] = []
  for (const { record } of rows) {
    const before = known.get(record.code)
    const wanted = toRecord(record, idOf)
    if (!before) added.push({ id: idOf.get(record.code) as string, version: 1, ...wanted })
    else if (!hashOf(before).equals(hashOf(wanted))) changed.push({ before, record: wanted })
  }
  await insertAll(tx, scope.countyId, added)
  const updated: Organisation[] = []
  for (const { before, record } of changed)
    updated.push(await organisationStore.update(tx, scope.countyId, before, record))
  await recordAudit(tx, actor, [
    ...added.map(after => ({
      orgId: after.id,
      action: 'organisation.imported',
      subjectType: 'Organisation',
      subjectId: after.id,
      beforeHash: null,
      afterHash: hashOf(after),
    })),
    ...updated.map((after, i) => ({
      orgId: after.id,
      action: 'organisation.imported',
      subjectType: 'Organisation',
      subjectId: after.id,
      beforeHash: hashOf(changed[i]?.before as Organisation),
      afterHash: hashOf(after),
    })),
  ])
  await tell(tx, actor, [
    ...added.map(after => ({
      type: 'org.organisation.registered.v1' as const,
      orgId: after.id,
      subject: after.id,
      data: stateOf(after),
    })),
    ...updated.map((after, i) => {
      const type =
        changed[i]?.before.superiorId === after.superiorId
          ? ('org.organisation.changed.v1' as const)
          : ('org.organisation.moved.v1' as const)
      return { type, orgId: after.id, subject: after.id, data: stateOf(after) }
    }),
  ])
  return {
    taken: rows.length,
    through: rows[rows.length - 1]?.n ?? after,
    added: added.length,
    changed: updated.length,
    unchanged: rows.length - added.length - updated.length,
  }
}

const toRecord = ({ superiorCode, ...rest }: RosterRecord, idOf: ReadonlyMap<string, string>): OrganisationRecord => ({
  ...rest,
  superiorId: superiorCode === null ? null : (idOf.get(superiorCode) ?? unknownSuperior(superiorCode)),
})

/** The preview has seen the superior, so it has gone in between: the chunk is tried again and then fails as a whole. */
function unknownSuperior(code: string): never {
  throw new RangeError(`the superior ${code} is no longer registered`)
}

async function insertAll(tx: RawTx & Tx, countyId: string, organisations: Organisation[]): Promise<void> {
  if (organisations.length === 0) return
  await writeOrgNodes(
    tx,
    organisations.map(({ id, superiorId, code, name, kind, version }) => ({
      id,
      countyId,
      superiorId,
      code,
      name,
      kind,
      version,
    })),
  )
  await organisationStore.insertMany(tx, countyId, organisations)
}
