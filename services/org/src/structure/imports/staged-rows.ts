import type { ImportScope } from '@linghang/rosters'
import type { Tx } from '../../work.ts'
import type { JudgedOrganisation } from '../roster/judge-organisation.ts'
import { importedStore, type Staged } from './store.ts'

const rowsAtOnce = 5_000

/** The staged rows of an import behind `after`, up to and with `through`, some thousand at once. */
export async function* stagedOf(tx: Tx, scope: ImportScope, after = -1, through = Number.MAX_SAFE_INTEGER) {
  for (let n = after; ; ) {
    const rows = (await importedStore.staged(tx, scope.id, n, rowsAtOnce)).filter(row => row.n <= through)
    if (rows.length === 0) return
    yield rows
    n = rows[rows.length - 1]?.n ?? n
  }
}

/** A staged row as it came out of its judgement. */
export const judgedOf = ({ line, record }: Staged): JudgedOrganisation => ({
  line,
  code: record.code,
  superiorCode: record.superiorCode,
  organisation: record,
  silent: new Set(),
  findings: [],
})

export const codesOf = (rows: readonly Staged[]): string[] =>
  rows.flatMap(({ record }) => [record.code, ...(record.superiorCode ? [record.superiorCode] : [])])
