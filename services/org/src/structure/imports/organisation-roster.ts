import { systemActor, type Transact } from '@linghang/access'
import type { ImportScope, Judgement, Roster, Row } from '@linghang/rosters'
import type { Tx } from '../../work.ts'
import type { OrganisationRecord } from '../organisations/organisation.ts'
import { type OrganisationColumn, organisationColumns } from '../roster/columns.ts'
import { judgeHierarchy, orderBySuperior } from '../roster/hierarchy.ts'
import { type JudgedOrganisation, judgeOrganisation } from '../roster/judge-organisation.ts'
import { endedRows, outsideScope } from './outside-scope.ts'
import { importedStore, type Registered } from './store.ts'
import { foresee, readRefusals, takeOver } from './take-over.ts'

/** Organisations of one file are judged against each other, so they are all in memory: a city has some thirty thousand. */
const organisationsAtMost = 200_000

/** How rosters of organisations are judged and taken over. */
export function createOrganisationRoster(transact: Transact<Tx>, newId: () => string): Roster<OrganisationColumn, Tx> {
  return {
    subject: 'Organisation',
    columns: organisationColumns,
    begin: async (scope, today) =>
      createJudgement(
        scope,
        await transact(systemActor(scope.countyId), tx => importedStore.registered(tx, scope)),
        today,
        newId,
      ),
    refusals: readRefusals,
    takeOver: (tx, scope, after, limit, accountId) => takeOver(tx, scope, { after, limit, accountId }, newId),
  }
}

function createJudgement(
  scope: ImportScope,
  registered: Registered,
  today: string,
  newId: () => string,
): Judgement<OrganisationColumn> {
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
    foresee: (tx, after, through) => foresee(tx as Tx, scope, after, through, newId),
    async finish() {
      const outside = judged.flatMap(row => [...outsideScope(row, registered), ...endedRows(row, registered)])
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
