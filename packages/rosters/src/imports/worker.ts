import { type AsService, type RawTx, systemActor, type Transact } from '@linghang/access'
import type { Sealing } from '@linghang/sealing'
import { context, metrics, propagation, SpanKind, trace } from '@opentelemetry/api'
import { createFinding, type Finding, type Text } from '../finding.ts'
import { type Row, readTable } from '../read-table.ts'
import { TableError } from '../table-error.ts'
import type { ChunkResult, ImportScope, Judgement, Roster, StagedRow } from './roster-import.ts'
import { importStore, keepFindings, type Lease } from './store.ts'

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
/** Files that a lane of their own takes while a big one is worked on; some two thousand people. */
const smallBytes = 256 * 1024
/** An import that ended its worker this often is not read again. */
const claimsAtMost = 3
const keptDays = 30
const sweepMs = 3_600_000
const takeOverRows = 2_000
const idleMs = 1_000
const triesInARow = 20
const waitAfterStumbleMs = 1_000
/** All or none is one transaction, so that nobody ever sees a part of it. */
const wholeFileTimeoutMs = 30 * 60_000
const tracer = trace.getTracer('linghang.rosters')

/** What an operator sees of imports, by what they are of; counters stand at 0 from the start. */
function createImportMetrics(subject: string) {
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
  for (const outcome of ends) imports.add(0, { subject, outcome })
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
type ImportMetrics = ReturnType<typeof createImportMetrics>

/** Another worker has taken the import over: this one stops without a word. */
class LeaseLost extends Error {}

/** Trying again would end the same way: the import fails, and nothing of what was under way is kept. */
class Unworkable extends Error {
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

const stuck: Text = {
  zh: '这个文件反复使读取中断，已停止读取；请用表格软件另存为新的 .xlsx 或 CSV（UTF-8）后重新上传',
  en: 'reading this file broke off again and again and was stopped; save it anew as .xlsx or CSV (UTF-8) and upload it again',
}
const outdated = (count: number): Text => ({
  zh: `核对之后登记有变，有 ${count} 行现在不能写入，因此没有写入任何一行；请重新核对（预览）后再提交`,
  en: `the register has changed since the file was judged and would refuse ${count} rows, so nothing was taken over: preview again, then commit`,
})
const notUnderstood: Text = {
  zh: '文件内容无法处理，没有写入任何一行；请用表格软件另存为新的 .xlsx 或 CSV（UTF-8）后重新上传',
  en: 'the content cannot be worked on and nothing was taken over: save it anew as .xlsx or CSV (UTF-8) and upload it again',
}

/**
 * Works on imports until stopped: judges files, takes rows over. It may be killed at any line: what has been taken
 * over is counted in the same transaction, and whoever starts next goes on from there.
 */
export function startImportWorker<K extends string, Tx extends RawTx>(options: ImportWorkerOptions<K, Tx>) {
  const counts = createImportMetrics(options.roster.subject)
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
      const lease = await options.asService(tx => importStore.claim(tx, bytesAtMost)).catch(() => null)
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
export async function sweep<K extends string, Tx extends RawTx>(
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
      if (!stopped.aborted) counts.ended(held.state === 'PREVIEWING' ? 'previewed' : 'committed', startedMs)
    } catch (error) {
      if (error instanceof LeaseLost) return
      counts.ended(failureOf(error) ? 'failed' : 'stumbled', startedMs)
      await stumble(options, lease, error)
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
  const { scope, isShown } = await inLease(options, lease, async (tx, held) => {
    await importStore.beginPreview(tx, lease.importId)
    const scope: ImportScope = { id: held.id, countyId: held.countyId, orgId: held.orgId }
    // What is taken over at once is counted as it is done; a preview is looked at, and says it beforehand.
    return { scope, isShown: !held.commitAfterPreview }
  })
  const judgement = await options.roster.begin(scope, options.today())
  const count = { findings: 0, staged: 0 }
  const keep = (rows: number, result: { findings: Finding[]; staged: StagedRow[] }) =>
    inLease(options, lease, async tx => {
      await importStore.addFindings(tx, scope, count.findings, result.findings)
      await importStore.stage(tx, scope, count.staged, result.staged)
      if (isShown && result.staged.length > 0) {
        const through = count.staged + result.staged.length - 1
        await importStore.countForeseen(tx, scope.id, await judgement.foresee(tx, count.staged - 1, through))
      }
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
    throw new Unworkable(error.code, error.text, [unreadable(error)])
  }
  if (stopped.aborted) return
  await keep(0, await judgement.finish())
  await inLease(options, lease, async (tx, held) => {
    await importStore.setMissing(tx, scope, await judgement.missing(tx))
    if (held.commitAfterPreview && held.mode === 'ALL_OR_NONE' && held.errors > 0)
      throw new Unworkable('ROSTER_HAS_ERRORS', {
        zh: `名册有 ${held.errors} 处错误，按“全部或全不”方式没有写入任何一行`,
        en: `the roster has ${held.errors} errors: nothing was taken over, as all or none was asked for`,
      })
    await importStore.setState(tx, scope.id, held.commitAfterPreview ? 'COMMITTING' : 'PREVIEWED')
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
  const refused = table.findings.find(({ severity }) => severity === 'ERROR')
  if (refused) throw new Unworkable(refused.code, refused.message, table.findings)
  if (table.findings.length > 0) await keep(0, { findings: table.findings, staged: [] })
  let rows = 0
  let batch: Row<K>[] = []
  for await (const row of table.rows) {
    if (stopped.aborted) return
    rows++
    batch.push(row)
    if (batch.length < batchRows) continue
    await keep(batch.length, await judgement.judge(batch))
    batch = []
  }
  if (batch.length > 0) await keep(batch.length, await judgement.judge(batch))
  if (rows === 0 && !stopped.aborted) throw noRows()
}

const noRows = (): TableError =>
  new TableError('FILE_EMPTY', {
    zh: '表头下面没有数据行（公式没有保存计算结果时也会这样），请检查后重新上传',
    en: 'there are no rows below the heading (formulas without stored values are blank too): look at the file and upload it again',
  })

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
  counts: ImportMetrics,
  lease: Lease,
  held: { mode: string | null; orgId: string | null; doneThrough: number; commitAfterPreview: boolean },
  stopped: AbortSignal,
): Promise<void> {
  const scope: ImportScope = { id: lease.importId, countyId: lease.countyId, orgId: held.orgId }
  // What somebody has looked at is judged anew before anything is written; what was judged a moment ago has not aged.
  if (held.doneThrough < 0 && !held.commitAfterPreview)
    await inLease(
      options,
      lease,
      async tx => {
        const refusals = await options.roster.refusals(tx, scope)
        if (refusals.length > 0) throw new Unworkable('IMPORT_OUTDATED', outdated(refusals.length), refusals)
        await importStore.beginTakeOver(tx, scope.id)
      },
      wholeFileTimeoutMs,
    )
  const next = async (tx: Tx, after: number): Promise<{ through: number; ended: boolean }> => {
    const chunk = await options.roster.takeOver(tx, scope, after, takeOverRows, lease.accountId)
    // All or none: what is refused now takes everything with it. The findings are told again outside, after the rollback.
    if (chunk.refused > 0 && held.mode === 'ALL_OR_NONE')
      throw new Unworkable('IMPORT_OUTDATED', outdated(chunk.refused))
    if (chunk.taken > 0) {
      await importStore.countDone(tx, scope.id, chunk)
      counts.taken(chunk)
    } else await importStore.complete(tx, scope.id)
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

const sqlStateOf = (error: unknown): string | undefined =>
  (error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }).meta?.driverAdapterError?.cause
    ?.originalCode

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
  }).catch(fault => {
    if (!(fault instanceof LeaseLost)) throw fault
  })
}

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
  const state = sqlStateOf(error)
  options.log.warn(
    { importId: lease.importId, error: (error as Error).name, code: (error as { code?: string }).code, state },
    'an import stumbled and is tried again',
  )
  await options
    .transact(systemActor(lease.countyId), async tx => {
      const { failures, rowsDone } = await importStore.stumbled(tx, lease, waitAfterStumbleMs)
      if (failures >= triesInARow) {
        await importStore.failed(tx, lease.importId, {
          code: 'IMPORT_STUCK',
          zh: `系统连续 ${triesInARow} 次没能继续，已停止（已写入 ${rowsDone} 行）；请稍后再次提交，由停下的地方继续`,
          en: `stopped after ${triesInARow} tries without progress (${rowsDone} rows were taken over): commit again later to go on from there`,
        })
      }
    })
    .catch(() => undefined)
}
