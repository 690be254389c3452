import { type RawTx, systemActor } from '@linghang/access'
import { sqlStateOf } from '@linghang/database'
import { context, propagation, SpanKind, trace } from '@opentelemetry/api'
import { notUnderstood, preview, stuck } from './judge-file.ts'
import { keepFindings } from './keep-findings.ts'
import {
  createImportMetrics,
  type ImportMetrics,
  type ImportWorkerOptions,
  inLease,
  LeaseLost,
  Unworkable,
} from './lease.ts'
import { leaseStore } from './lease-store.ts'
import { importStore } from './store.ts'
import type { Lease } from './table-store.ts'
import { takeOver } from './take-over.ts'
import { watchOpen } from './watch-open.ts'

/** Files that a lane of their own takes while a big one is worked on; some two thousand people. */
const smallBytes = 256 * 1024
/** An import that ended its worker this often is not read again. */
const claimsAtMost = 3
const keptDays = 30
const sweepMs = 3_600_000
const idleMs = 1_000
const triesInARow = 20
const waitAfterStumbleMs = 1_000
const tracer = trace.getTracer('linghang.rosters')

/**
 * Works on imports until stopped: judges files, takes rows over. It may be killed at any line: what has been taken
 * over is counted in the same transaction, and whoever starts next goes on from there.
 */
export function startImportWorker<K extends string, Tx extends RawTx>(options: ImportWorkerOptions<K, Tx>) {
  const counts = createImportMetrics(options.roster.subject)
  watchOpen(options.roster.subject, options.asService)
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
  const lane = async (bytesAtMost: number): Promise<void> => {
    while (!stopping.signal.aborted) {
      const lease = await options.asService(tx => leaseStore.claim(tx, bytesAtMost)).catch(() => null)
      if (lease) await workOn(options, counts, lease, stopping.signal)
      else await wake()
    }
  }
  // Two lanes: a county's big roster does not hold up another county's row.
  const running = Promise.all([lane(Number.MAX_SAFE_INTEGER), lane(smallBytes)])
  const sweeping = setInterval(() => void sweep(options).catch(() => undefined), sweepMs)
  sweeping.unref()
  return {
    async stop(): Promise<void> {
      clearInterval(sweeping)
      stopping.abort()
      await running
    },
  }
}

/** What was judged or failed and left there for a month is let go: it is full of people's data. */
async function sweep<K extends string, Tx extends RawTx>(
  options: Pick<ImportWorkerOptions<K, Tx>, 'asService' | 'transact'>,
): Promise<number> {
  const forgotten = await options.asService(tx => importStore.forgotten(tx, keptDays))
  for (const { id, countyId } of forgotten)
    await options.transact(systemActor(countyId), tx => importStore.withdraw(tx, id))
  return forgotten.length
}

async function workOn<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  counts: ImportMetrics,
  lease: Lease,
  stopped: AbortSignal,
): Promise<void> {
  const startedMs = performance.now()
  const parent = lease.traceparent
    ? propagation.extract(context.active(), { traceparent: lease.traceparent })
    : context.active()
  const span = tracer.startSpan(`import ${options.roster.subject}`, { kind: SpanKind.INTERNAL }, parent)
  await context.with(trace.setSpan(parent, span), async () => {
    try {
      const held = await inLease(options, lease, async (_, found) => found)
      if (lease.claims > claimsAtMost) throw new Unworkable('IMPORT_STUCK', stuck)
      if (held.state === 'PREVIEWING') await preview(options, lease, stopped)
      else await takeOver(options, counts, lease, held, stopped)
      if (stopped.aborted) await options.transact(systemActor(lease.countyId), tx => leaseStore.handOver(tx, lease))
      else counts.ended(held.state === 'PREVIEWING' ? 'previewed' : 'committed', startedMs)
    } catch (error) {
      if (error instanceof LeaseLost) return
      counts.ended(failureOf(error) ? 'failed' : 'stumbled', startedMs)
      await stumble(options, lease, error).catch(fault => leave(options, lease, fault))
    } finally {
      span.end()
    }
  })
}

/** What cannot even be written down as failed or stumbled stays as it is: whoever finds the lease run out goes on. */
function leave<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  fault: unknown,
): void {
  if (fault instanceof LeaseLost) return
  options.log.warn(
    { importId: lease.importId, ...causeOf(fault) },
    'how a round of an import ended could not be kept: it is taken up again when its lease has run out',
  )
}

/** Whether an error is of the file and comes back with every try: what it cannot be, or what the database cannot hold. */
function failureOf(error: unknown): Unworkable | null {
  if (error instanceof Unworkable) return error
  return /^22/.test(sqlStateOf(error) ?? '') ? new Unworkable('FILE_NOT_UNDERSTOOD', notUnderstood) : null
}

/** Ends an import: no row that was staged is kept, the findings say why. */
async function giveUp<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  { code, text, findings }: Unworkable,
): Promise<void> {
  await inLease(options, lease, async (tx, held) => {
    const scope = { id: held.id, countyId: held.countyId }
    if (held.doneThrough < 0) await importStore.dropStaged(tx, held.id)
    await keepFindings(tx, scope, findings)
    const errors = findings.filter(({ severity }) => severity === 'ERROR').length
    await importStore.countJudged(tx, held.id, { rows: 0, valid: 0, errors, warnings: findings.length - errors })
    await importStore.failed(tx, held.id, { code, ...text })
  })
}

const causeOf = (error: unknown): object => ({
  error: (error as Error).name,
  code: (error as { code?: string }).code,
  state: sqlStateOf(error),
})

/** Faults that pass (a database away) are waited out; after twenty in a row without a step forward the import fails. */
async function stumble<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
  error: unknown,
): Promise<void> {
  const failure = failureOf(error)
  if (failure) {
    await giveUp(options, lease, failure)
    return
  }
  options.log.warn({ importId: lease.importId, ...causeOf(error) }, 'an import stumbled and is tried again')
  await options.transact(systemActor(lease.countyId), async tx => {
    const { failures, rowsDone } = await leaseStore.stumbled(tx, lease, waitAfterStumbleMs)
    if (failures < triesInARow) return
    await importStore.failed(tx, lease.importId, {
      code: 'IMPORT_STUCK',
      zh: `系统连续 ${triesInARow} 次没能继续，已停止（已写入 ${rowsDone} 行）；请稍后再次提交：文件会从头重新核对，已写入的行计为“不变”`,
      en: `stopped after ${triesInARow} tries without progress (${rowsDone} rows were taken over): commit again later, the file is then judged anew from its beginning and rows that were taken over count as unchanged`,
    })
  })
}
