import { type AsService, type RawTx, systemActor, type Transact } from '@linghang/access'
import type { Sealing } from '@linghang/sealing'
import { standAtZero } from '@linghang/telemetry'
import { metrics } from '@opentelemetry/api'
import type { Finding, Text } from '../finding.ts'
import { leaseStore } from './lease-store.ts'
import type { ChunkResult, Roster } from './roster-import.ts'
import type { Lease } from './table-store.ts'

type Log = { info(fields: object, message: string): void; warn(fields: object, message: string): void }

export type ImportWorkerOptions<K extends string, Tx extends RawTx> = {
  roster: Roster<K, Tx>
  transact: Transact<Tx>
  asService: AsService<Tx>
  sealing: Sealing
  /** Today in Asia/Shanghai. */
  today: () => string
  log: Log
}

/** What an operator sees of imports, by what they are of; all stand at 0 from the start. */
export function createImportMetrics(subject: string) {
  const meter = metrics.getMeter('linghang.rosters')
  const imports = meter.createCounter('linghang_imports', {
    description: 'Imports by how a round of work on them ended',
  })
  const rows = meter.createCounter('linghang_import_rows', { description: 'Rows taken over, by what became of them' })
  const seconds = meter.createHistogram('linghang_import_duration_seconds', {
    description: 'Time of a round of work on an import',
    advice: { explicitBucketBoundaries: [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 1_800] },
  })
  const ends = ['previewed', 'committed', 'failed', 'stumbled'] as const
  for (const outcome of ends) {
    imports.add(0, { subject, outcome })
    standAtZero(seconds, { subject, outcome })
  }
  const fates = ['added', 'changed', 'unchanged', 'refused'] as const
  for (const fate of fates) rows.add(0, { subject, fate })
  return {
    ended(outcome: (typeof ends)[number], startedMs: number) {
      imports.add(1, { subject, outcome })
      seconds.record((performance.now() - startedMs) / 1_000, { subject, outcome })
    },
    taken(chunk: ChunkResult) {
      for (const fate of fates) rows.add(chunk[fate], { subject, fate })
    },
  }
}
export type ImportMetrics = ReturnType<typeof createImportMetrics>

/** Another worker has taken the import over: this one stops without a word. */
export class LeaseLost extends Error {}

/** Trying again would end the same way: the import fails, and nothing of what was under way is kept. */
export class Unworkable extends Error {
  readonly code: string
  readonly text: Text
  readonly findings: Finding[]
  constructor(code: string, text: Text, findings: Finding[] = []) {
    super(code)
    this.code = code
    this.text = text
    this.findings = findings
  }
}

/** One transaction that holds the import; ends with `LeaseLost` when it is another's by now. */
export function inLease<K extends string, Tx extends RawTx, T>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  work: (tx: Tx, held: NonNullable<Awaited<ReturnType<typeof leaseStore.hold>>>) => Promise<T>,
  timeoutMs = 60_000,
): Promise<T> {
  return options.transact(
    systemActor(lease.countyId),
    async tx => {
      const held = await leaseStore.hold(tx, lease)
      if (!held || (held.state !== 'PREVIEWING' && held.state !== 'COMMITTING')) throw new LeaseLost()
      return work(tx, held)
    },
    { timeoutMs },
  )
}
