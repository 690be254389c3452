import { type AsService, type RawTx, systemActor, type Transact } from '@linghang/access'
import type { Sealing } from '@linghang/sealing'
import { context, propagation, SpanKind, trace } from '@opentelemetry/api'
import { createFinding, type Finding } from '../finding.ts'
import { type Row, readTable } from '../read-table.ts'
import { TableError } from '../table-error.ts'
import type { ImportScope, Judgement, Roster, StagedRow } from './roster-import.ts'
import { importStore, type Lease } from './store.ts'

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

const batchRows = 1_000
const takeOverRows = 2_000
const idleMs = 1_000
const triesInARow = 20
const waitAfterStumbleMs = 1_000
/** All or none is one transaction, so that nobody ever sees a part of it. */
const wholeFileTimeoutMs = 30 * 60_000
const tracer = trace.getTracer('linghang.rosters')

/** Another worker has taken the import over: this one stops without a word. */
class LeaseLost extends Error {}

/**
 * Works on imports until stopped: judges files, takes rows over. It may be killed at any line: what has been taken
 * over is counted in the same transaction, and whoever starts next goes on from there.
 */
export function startImportWorker<K extends string, Tx extends RawTx>(options: ImportWorkerOptions<K, Tx>) {
  const stopping = new AbortController()
  const wake = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(done, idleMs)
      function done() {
        clearTimeout(timer)
        stopping.signal.removeEventListener('abort', done)
        resolve()
      }
      stopping.signal.addEventListener('abort', done)
    })
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const lease = await options.asService(tx => importStore.claim(tx)).catch(() => null)
      if (lease) await workOn(options, lease, stopping.signal)
      else await wake()
    }
  })()
  return {
    async stop(): Promise<void> {
      stopping.abort()
      await running
    },
  }
}

async function workOn<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  stopped: AbortSignal,
): Promise<void> {
  const parent = lease.traceparent
    ? propagation.extract(context.active(), { traceparent: lease.traceparent })
    : context.active()
  const span = tracer.startSpan(`import ${options.roster.subject}`, { kind: SpanKind.INTERNAL }, parent)
  await context.with(trace.setSpan(parent, span), async () => {
    try {
      const held = await inLease(options, lease, async (_, found) => found)
      if (held.state === 'PREVIEWING') await preview(options, lease, stopped)
      else await takeOver(options, lease, held, stopped)
    } catch (error) {
      if (!(error instanceof LeaseLost)) await stumble(options, lease, error)
    }
  })
  span.end()
}

/** One transaction that holds the import; ends with `LeaseLost` when it is another's by now. */
function inLease<K extends string, Tx extends RawTx, T>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  work: (tx: Tx, held: NonNullable<Awaited<ReturnType<typeof importStore.hold>>>) => Promise<T>,
  timeoutMs = 60_000,
): Promise<T> {
  return options.transact(
    systemActor(lease.countyId),
    async tx => {
      const held = await importStore.hold(tx, lease)
      if (!held || (held.state !== 'PREVIEWING' && held.state !== 'COMMITTING')) throw new LeaseLost()
      return work(tx, held)
    },
    { timeoutMs },
  )
}

async function* fileOf<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
): AsyncGenerator<Uint8Array> {
  const seal = await options.sealing.ofCounty(lease.countyId)
  for (let n = 0; ; n++) {
    const sealed = await inLease(options, lease, tx => importStore.chunk(tx, lease.importId, n))
    if (!sealed) return
    yield seal.open(sealed, `import/${lease.importId}/${n}`)
  }
}

async function preview<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  stopped: AbortSignal,
): Promise<void> {
  const scope = await inLease(options, lease, async (tx, held): Promise<ImportScope> => {
    await importStore.beginPreview(tx, lease.importId)
    return { id: held.id, countyId: held.countyId, orgId: held.orgId }
  })
  const judgement = await options.roster.begin(scope, options.today())
  const count = { findings: 0, staged: 0 }
  const keep = (rows: number, result: { findings: Finding[]; staged: StagedRow[] }) =>
    inLease(options, lease, async tx => {
      await importStore.addFindings(tx, scope, count.findings, result.findings)
      await importStore.stage(tx, scope, count.staged, result.staged)
      const errors = result.findings.filter(({ severity }) => severity === 'ERROR').length
      await importStore.countJudged(tx, scope.id, {
        rows,
        valid: result.staged.length,
        errors,
        warnings: result.findings.length - errors,
      })
    }).then(() => {
      count.findings += result.findings.length
      count.staged += result.staged.length
    })
  try {
    await judgeFile(options, lease, judgement, keep, stopped)
  } catch (error) {
    if (!(error instanceof TableError)) throw error
    await keep(0, { findings: [unreadable(error)], staged: [] })
  }
  if (stopped.aborted) return
  await keep(0, await judgement.finish())
  await inLease(options, lease, async (tx, held) => {
    await importStore.setMissing(tx, scope, await judgement.missing(tx))
    if (held.commitAfterPreview && held.mode === 'ALL_OR_NONE' && held.errors > 0) {
      await importStore.failed(tx, scope.id, {
        code: 'ROSTER_HAS_ERRORS',
        zh: `名册有 ${held.errors} 处错误，按“全部或全不”方式没有写入任何一行`,
        en: `the roster has ${held.errors} errors: nothing was taken over, as all or none was asked for`,
      })
    } else await importStore.setState(tx, scope.id, held.commitAfterPreview ? 'COMMITTING' : 'PREVIEWED')
  })
}

async function judgeFile<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  judgement: Judgement<K>,
  keep: (rows: number, result: { findings: Finding[]; staged: StagedRow[] }) => Promise<void>,
  stopped: AbortSignal,
): Promise<void> {
  const table = await readTable(fileOf(options, lease), { columns: options.roster.columns })
  if (table.findings.length > 0) await keep(0, { findings: table.findings, staged: [] })
  let batch: Row<K>[] = []
  for await (const row of table.rows) {
    if (stopped.aborted) return
    batch.push(row)
    if (batch.length < batchRows) continue
    await keep(batch.length, await judgement.judge(batch))
    batch = []
  }
  if (batch.length > 0) await keep(batch.length, await judgement.judge(batch))
}

const unreadable = (error: TableError): Finding =>
  createFinding({
    line: error.line,
    column: null,
    severity: 'ERROR',
    code: error.code,
    found: '',
    about: error.text,
    wanted: { zh: '可以完整读取的 CSV 或 XLSX 名册', en: 'a roster in CSV or XLSX that can be read to its end' },
  })

async function takeOver<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  held: { mode: string | null; orgId: string | null },
  stopped: AbortSignal,
): Promise<void> {
  const scope: ImportScope = { id: lease.importId, countyId: lease.countyId, orgId: held.orgId }
  const next = async (tx: Tx, after: number): Promise<{ through: number; ended: boolean }> => {
    const chunk = await options.roster.takeOver(tx, scope, after, takeOverRows, lease.accountId)
    if (chunk.taken > 0) await importStore.countDone(tx, scope.id, chunk)
    else await importStore.complete(tx, scope.id)
    return { through: chunk.through, ended: chunk.taken === 0 }
  }
  if (held.mode === 'ALL_OR_NONE') {
    await inLease(
      options,
      lease,
      async (tx, found) => {
        for (let step = { through: found.doneThrough, ended: false }; !step.ended; ) step = await next(tx, step.through)
      },
      wholeFileTimeoutMs,
    )
  } else {
    let ended = false
    while (!ended && !stopped.aborted)
      ended = await inLease(options, lease, async (tx, found) => (await next(tx, found.doneThrough)).ended)
  }
  options.log.info({ importId: scope.id, subject: options.roster.subject }, 'import worked off')
}

/** Faults that pass (a database away) are waited out; after twenty in a row without a step forward the import fails. */
async function stumble<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  error: unknown,
): Promise<void> {
  const state = (error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }).meta
    ?.driverAdapterError?.cause?.originalCode
  options.log.warn(
    { importId: lease.importId, error: (error as Error).name, code: (error as { code?: string }).code, state },
    'an import stumbled and is tried again',
  )
  await options
    .transact(systemActor(lease.countyId), async tx => {
      const failures = await importStore.stumbled(tx, lease, waitAfterStumbleMs)
      if (failures >= triesInARow) {
        await importStore.failed(tx, lease.importId, {
          code: 'IMPORT_STUCK',
          zh: `连续 ${triesInARow} 次没有进展，已停止；已写入的行保持有效，可再次提交继续`,
          en: `stopped after ${triesInARow} tries without progress; what was taken over stays, commit again to go on`,
        })
      }
    })
    .catch(() => undefined)
}
