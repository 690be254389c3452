import { one, type Stretch } from '@linghang/subgraph'
import { type Finding, findingsToCsv, type Severity } from '../finding.ts'
import { findingStore } from './finding-store.ts'
import { requireImport, visibleImports } from './import-access.ts'
import type { ImportWork } from './roster-import.ts'

const findingsInOneFile = 100_000

export const importById = one(
  async (work: ImportWork, ids) => new Map((await visibleImports(work, ids)).map(found => [found.id, found])),
)

/** @throws DomainError NOT_FOUND */
export async function readFindings(
  work: ImportWork,
  id: string,
  severity: Severity | null,
  stretch: Stretch,
): Promise<(Finding & { n: number })[]> {
  await requireImport(work, id)
  return findingStore.findings(work.tx, id, severity, stretch)
}

/** @throws DomainError NOT_FOUND */
export async function countFindings(work: ImportWork, id: string, severity: Severity | null): Promise<number> {
  await requireImport(work, id)
  return findingStore.countFindings(work.tx, id, severity)
}

/** @throws DomainError NOT_FOUND */
export async function readMissing(work: ImportWork, id: string, stretch: Stretch): Promise<string[]> {
  await requireImport(work, id)
  return findingStore.missing(work.tx, id, stretch)
}

/** @throws DomainError NOT_FOUND */
export async function countMissing(work: ImportWork, id: string): Promise<number> {
  await requireImport(work, id)
  return findingStore.countMissing(work.tx, id)
}

/** All findings (100,000 at most) as a CSV that an office can send back. @throws DomainError NOT_FOUND */
export const readFindingsFile = async (work: ImportWork, id: string): Promise<string> =>
  findingsToCsv(await readFindings(work, id, null, { size: findingsInOneFile - 1, from: null, backwards: false }))
