import type { RawTx } from '@linghang/access'
import type { Text } from '../finding.ts'
import { type ImportMetrics, type ImportWorkerOptions, inLease, Unworkable } from './lease.ts'
import type { ImportScope, RosterImport } from './roster-import.ts'
import { importStore } from './store.ts'
import type { Lease } from './table-store.ts'

const takeOverRows = 2_000
/** All or none is one transaction, so that nobody ever sees a part of it. */
const wholeFileTimeoutMs = 30 * 60_000

const outdated = (count: number): Text => ({
  zh: `核对之后登记有变，有 ${count} 行现在不能写入，因此没有写入任何一行；请重新核对（预览）后再提交`,
  en: `the register has changed since the file was judged and would refuse ${count} rows, so nothing was taken over: preview again, then commit`,
})

/** A row was refused while all or none were taken over: which it was is found anew, since the finding went with the rest. */
class RolledBack extends Error {
  readonly refused: number
  constructor(refused: number) {
    super('all or none')
    this.refused = refused
  }
}

/** @throws Unworkable with what the register would not take as it stands now */
async function requireTaken<K extends string, Tx extends RawTx>(
  { roster }: Pick<ImportWorkerOptions<K, Tx>, 'roster'>,
  tx: Tx,
  scope: ImportScope,
): Promise<void> {
  const refusals = await roster.refusals(tx, scope)
  if (refusals.length > 0) throw new Unworkable('IMPORT_OUTDATED', outdated(refusals.length), refusals)
}

/** Brings the rows of a file that has been judged into the register, a piece or the whole file at a time. */
export async function takeOver<K extends string, Tx extends RawTx>(
  options: ImportWorkerOptions<K, Tx>,
  counts: ImportMetrics,
  lease: Lease,
  held: Pick<RosterImport, 'mode' | 'orgId' | 'doneThrough'> & { commitAfterPreview: boolean },
  stopped: AbortSignal,
): Promise<void> {
  const scope: ImportScope = { id: lease.importId, countyId: lease.countyId, orgId: held.orgId }
  // What somebody has looked at is judged anew before anything is written; what was judged a moment ago has not aged.
  if (held.doneThrough < 0 && !held.commitAfterPreview)
    await inLease(
      options,
      lease,
      async tx => {
        await requireTaken(options, tx, scope)
        await importStore.beginTakeOver(tx, scope.id)
      },
      wholeFileTimeoutMs,
    )
  const next = async (tx: Tx, after: number): Promise<{ through: number; ended: boolean }> => {
    const chunk = await options.roster.takeOver(tx, scope, after, takeOverRows, lease.accountId)
    // All or none: what is refused now takes everything with it, what was found too.
    if (chunk.refused > 0 && held.mode === 'ALL_OR_NONE') throw new RolledBack(chunk.refused)
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
    ).catch(async error => {
      if (!(error instanceof RolledBack)) throw error
      await inLease(options, lease, tx => requireTaken(options, tx, scope), wholeFileTimeoutMs)
      throw new Unworkable('IMPORT_OUTDATED', outdated(error.refused))
    })
  } else {
    let ended = false
    while (!ended && !stopped.aborted)
      ended = await inLease(options, lease, async (tx, found) => (await next(tx, found.doneThrough)).ended)
  }
  options.log.info({ importId: scope.id, subject: options.roster.subject }, 'import worked off')
}
