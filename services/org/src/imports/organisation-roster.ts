import { type RawTx, recordAudit, systemActor, type Transact, writeOrgNodes } from '@linghang/access'
import { publish } from '@linghang/events'
import {
  type ChunkResult,
  createFinding,
  type Finding,
  type Foreseen,
  type ImportScope,
  type Judgement,
  keepFindings,
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
import { type JudgedOrganisation, judgeOrganisation } from '../roster/judge-organisation.ts'
import { importedStore, type Staged } from './store.ts'

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
    refusals: (tx, scope) => refusals(tx, scope),
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
    foresee: (tx, after, through) => foresee(tx as Tx, scope, after, through),
    async finish() {
      const outside = judged.flatMap(row => outsideScope(row, registered))
      const barred = new Set(outside.map(finding => finding.line))
      const candidates = judged.map(row => (barred.has(row.line) ? { ...row, organisation: null } : row))
      const hierarchy = judgeHierarchy(candidates, registered.byCode)
      const refused = new Set(hierarchy.map(finding => finding.line))
      const good = candidates.flatMap(row =>
        row.organisation && !refused.has(row.line)
          ? [{ ...row.organisation, silent: silentFields(row.silent), line: row.line }]
          : [],
      )
      const staged = orderBySuperior(good).map(({ line, ...record }) => ({ line, record }))
      return { findings: [...outside, ...hierarchy].sort((one, other) => (one.line ?? 0) - (other.line ?? 0)), staged }
    },
  }
}

const fieldOf: Partial<Record<OrganisationColumn, keyof OrganisationRecord>> = {
  regionCode: 'regionCode',
  unitKind: 'unitKind',
  establishedOn: 'establishedOn',
  termEnd: 'term',
  secretaryName: 'secretaryName',
  phone: 'phone',
}
const silentFields = (silent: ReadonlySet<OrganisationColumn>): (keyof OrganisationRecord)[] => [
  ...new Set([...silent].flatMap(column => fieldOf[column] ?? [])),
]

const judgedOf = ({ line, record }: Staged): JudgedOrganisation => ({
  line,
  code: record.code,
  superiorCode: record.superiorCode,
  organisation: record,
  silent: new Set(),
  findings: [],
})

const rowsAtOnce = 5_000
async function* stagedOf(tx: Tx, scope: ImportScope, after = -1, through = Number.MAX_SAFE_INTEGER) {
  for (let n = after; ; ) {
    const rows = (await importedStore.staged(tx, scope.id, n, rowsAtOnce)).filter(row => row.n <= through)
    if (rows.length === 0) return
    yield rows
    n = rows[rows.length - 1]?.n ?? n
  }
}

/** The file judged anew, as the register and the scope are now. */
async function refusals(tx: Tx, scope: ImportScope): Promise<Finding[]> {
  await organisationStore.lockMoves(tx, scope.countyId)
  const registered = await importedStore.registered(tx, scope)
  const rows: JudgedOrganisation[] = []
  for await (const staged of stagedOf(tx, scope)) rows.push(...staged.map(judgedOf))
  const outside = rows.flatMap(row => outsideScope(row, registered))
  return [...outside, ...judgeHierarchy(rows, registered.byCode)].slice(0, refusalsAtMost)
}
const refusalsAtMost = 1_000

/** Rows beside what the register has: what is new, what is changed. Of what a row says nothing the register keeps what it has. */
function weigh(rows: readonly Staged[], known: ReadonlyMap<string, Organisation>) {
  const idOf = new Map([...known].map(([code, organisation]) => [code, organisation.id]))
  for (const { record } of rows) if (!idOf.has(record.code)) idOf.set(record.code, uuidv7())
  const added: Organisation[] = []
  const changed: { before: Organisation; record: OrganisationRecord }[] = []
  for (const { record } of rows) {
    const before = known.get(record.code)
    const wanted = toRecord(record, idOf, before)
    if (!before) added.push({ id: idOf.get(record.code) as string, version: 1, approvalPower: null, ...wanted })
    else if (!hashOf(before).equals(hashOf(wanted))) changed.push({ before, record: wanted })
  }
  return { added, changed }
}

const codesOf = (rows: readonly Staged[]): string[] =>
  rows.flatMap(({ record }) => [record.code, ...(record.superiorCode ? [record.superiorCode] : [])])

const byCode = (organisations: readonly Organisation[]): Map<string, Organisation> =>
  new Map(organisations.map(organisation => [organisation.code, organisation]))

async function foresee(tx: Tx, scope: ImportScope, after: number, through: number): Promise<Foreseen> {
  const foreseen: Foreseen = { added: 0, changed: 0, unchanged: 0 }
  const known = new Map<string, Organisation>()
  for await (const rows of stagedOf(tx, scope, after, through)) {
    for (const [code, found] of byCode(await organisationStore.byCodes(tx, scope.countyId, codesOf(rows))))
      known.set(code, found)
    const { added, changed } = weigh(rows, known)
    // Those below it are weighed against one that is still to be registered.
    for (const organisation of added) known.set(organisation.code, organisation)
    foreseen.added += added.length
    foreseen.changed += changed.length
    foreseen.unchanged += rows.length - added.length - changed.length
  }
  return foreseen
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
  const taken = await importedStore.staged(tx, scope.id, after, limit)
  if (taken.length === 0) return { taken: 0, through: after, added: 0, changed: 0, unchanged: 0, refused: 0 }
  await organisationStore.lockMoves(tx, scope.countyId)
  const through = taken[taken.length - 1]?.n ?? after
  const refused = await refuseOutside(tx, scope, taken)
  const rows = taken.filter(({ line }) => !refused.has(line))
  const actor = { ...systemActor(scope.countyId), accountId }
  const known = byCode(await organisationStore.lockByCodes(tx, scope.countyId, codesOf(rows)))
  const { added, changed } = weigh(rows, known)
  await insertAll(tx, scope.countyId, added)
  const updated: Organisation[] = []
  for (const { before, record } of changed)
    updated.push(await organisationStore.update(tx, scope.countyId, before, record))
  await recordAudit({ tx, actor }, [
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
  await publish({ tx, actor }, [
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
    taken: taken.length,
    through,
    refused: refused.size,
    added: added.length,
    changed: updated.length,
    unchanged: rows.length - added.length - updated.length,
  }
}

/** Rows of which the organisation, or its superior, is not the importer's to write at this moment; each is written down. */
async function refuseOutside(tx: Tx, scope: ImportScope, rows: readonly Staged[]): Promise<ReadonlySet<number>> {
  if (scope.orgId === null) return new Set()
  const registered = await importedStore.registered(tx, scope)
  const outside = rows.flatMap(row => outsideScope(judgedOf(row), registered))
  await keepFindings(tx, scope, outside)
  return new Set(outside.flatMap(({ line }) => line ?? []))
}

function toRecord(
  { superiorCode, silent, ...said }: Staged['record'],
  idOf: ReadonlyMap<string, string>,
  before: Organisation | undefined,
): OrganisationRecord {
  const superiorId = superiorCode === null ? null : (idOf.get(superiorCode) ?? unknownSuperior(superiorCode))
  const kept = before ? Object.fromEntries(silent.map(field => [field, before[field]])) : {}
  // A roster that gives the end alone does not take away the beginning that goes with it.
  const term = said.term?.start === null && before?.term?.end === said.term.end ? before.term : said.term
  return { ...said, term, ...kept, superiorId }
}

/** The preview has seen the superior, so it has gone in between: the chunk is tried again and then fails as a whole. */
function unknownSuperior(code: string): never {
  throw new RangeError(`the superior ${code} is no longer registered`)
}

async function insertAll(tx: RawTx & Tx, countyId: string, organisations: Organisation[]): Promise<void> {
  if (organisations.length === 0) return
  await writeOrgNodes(
    tx,
    organisations.map(({ id, superiorId, code, name, kind, unitKind, approvalPower, version }) => ({
      id,
      countyId,
      superiorId,
      code,
      name,
      kind,
      unitKind,
      approves: approvalPower?.approves ?? null,
      version,
    })),
  )
  await organisationStore.insertMany(tx, countyId, organisations)
}
