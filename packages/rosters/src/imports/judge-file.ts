import type { RawTx } from '@linghang/access'
import { createFinding, type Finding, type Text } from '../finding.ts'
import { type Row, readTable } from '../read-table.ts'
import { TableError } from '../table-error.ts'
import { findingStore } from './finding-store.ts'
import { type ImportWorkerOptions, inLease, Unworkable } from './lease.ts'
import type { ImportScope, Judgement, StagedRow } from './roster-import.ts'
import { importStore } from './store.ts'
import type { Lease } from './table-store.ts'
import { uploadStore } from './upload-store.ts'

const batchRows = 1_000
export const stuck: Text = {
  zh: '这个文件反复使读取中断，已停止读取；请用表格软件另存为新的 .xlsx 或 CSV（UTF-8）后重新上传',
  en: 'reading this file broke off again and again and was stopped; save it anew as .xlsx or CSV (UTF-8) and upload it again',
}
export const notUnderstood: Text = {
  zh: '文件内容无法处理，没有写入任何一行；请用表格软件另存为新的 .xlsx 或 CSV（UTF-8）后重新上传',
  en: 'the content cannot be worked on and nothing was taken over: save it anew as .xlsx or CSV (UTF-8) and upload it again',
}

async function* fileOf<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  lease: Lease,
): AsyncGenerator<Uint8Array> {
  const seal = await options.sealing.ofCounty(lease.countyId)
  for (let n = 0; ; n++) {
    const sealed = await inLease(options, lease, tx => uploadStore.chunk(tx, lease.importId, n))
    if (!sealed) return
    yield seal.open(sealed, `import/${lease.importId}/${n}`)
  }
}

export async function preview<K extends string, Tx extends RawTx>(
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
      await findingStore.addFindings(tx, scope, count.findings, result.findings)
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
    await findingStore.setMissing(tx, scope, await judgement.missing(tx))
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
