import { type Actor, once, type RawTx, type Supervision, systemActor, type Transact } from '@linghang/access'
import { activeTraceparent } from '@linghang/events'
import type { Sealing } from '@linghang/sealing'
import type { Stretch } from '@linghang/subgraph'
import { defineErrors } from '@linghang/subgraph/errors'
import { type Finding, findingsToCsv, type Severity } from '../finding.ts'
import { defaultLimits } from '../limits.ts'
import type { ImportMode, RosterImport } from './roster-import.ts'
import { importStore } from './store.ts'

/** What an import is refused for, beside what is wrong with its rows. */
export const importErrors = {
  IMPORT_HAS_NO_FILE: { zh: '还没有上传文件', en: 'No file has been uploaded yet' },
  IMPORT_BUSY: {
    zh: '这次导入正在{stateZh}，请等它完成，或新建一次导入',
    en: 'The import is under way ({state}): wait until it has ended, or make a new one',
  },
  FILE_EMPTY: {
    zh: '文件是空的（0 字节），请检查后重新上传',
    en: 'The file is empty (0 bytes): look at it and upload it again',
  },
  IMPORT_DONE: {
    zh: '这次导入已经结束；新文件请新建导入',
    en: 'This import has ended; make a new one for a new file',
  },
  ROSTER_HAS_ERRORS: {
    zh: '名册有 {errors} 处错误；按“全部或全不”方式不能提交，请改正后重新上传',
    en: 'The roster has {errors} errors and cannot be taken over all or none: correct the file and upload it again',
  },
  FILE_TOO_LARGE: { zh: '文件超过 {limit} 字节', en: 'The file is larger than {limit} bytes' },
} as const
const { fail } = defineErrors(importErrors)

const busyZh = { RECEIVING: '接收文件', PREVIEWING: '核对', COMMITTING: '写入' } as const
const busy = (state: keyof typeof busyZh): never => fail('IMPORT_BUSY', { state, stateZh: busyZh[state] })

const partBytes = 1_048_576
const findingsInOneFile = 100_000

export type ImportDeps<Tx extends RawTx> = {
  transact: Transact<Tx>
  supervision: Supervision
  sealing: Sealing
  newId: () => string
}

async function requireAdmin(
  deps: { supervision: Supervision },
  tx: RawTx,
  actor: Actor,
  orgId: string | null,
): Promise<void> {
  if (orgId === null) {
    if (!actor.grants.some(grant => grant.role === 'ADMIN' && grant.orgId === null))
      fail('FORBIDDEN', { wanted: 'ADMIN (county)' })
    return
  }
  if (!(await deps.supervision.heldAs(tx, actor, 'ADMIN', [orgId])).has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN' })
}

/** Those of `imports` that the actor administers. */
async function visible(
  deps: { supervision: Supervision },
  tx: RawTx,
  actor: Actor,
  imports: RosterImport[],
): Promise<RosterImport[]> {
  const held = await deps.supervision.heldAs(
    tx,
    actor,
    'ADMIN',
    imports.flatMap(({ orgId }) => orgId ?? []),
  )
  const wholeCounty = actor.grants.some(grant => grant.role === 'ADMIN' && grant.orgId === null)
  return imports.filter(({ orgId }) => (orgId === null ? wholeCounty : held.has(orgId)))
}

/** Everything that people do with imports; a service gives it its own database. */
export function createImportUseCases<Tx extends RawTx>(deps: ImportDeps<Tx>) {
  const locked = async (tx: RawTx, actor: Actor, id: string): Promise<RosterImport> => {
    const [found] = await visible(deps, tx, actor, await importStore.byIds(tx, actor.countyId, [id]))
    const held = found ? await importStore.lock(tx, actor.countyId, id) : null
    return held ?? fail('NOT_FOUND', { what: `import ${id}` })
  }
  const keyed = (actor: Actor, request: Parameters<typeof once>[2], work: (tx: Tx) => Promise<void>): Promise<void> =>
    deps.transact(actor, tx => once(tx, actor, request, () => work(tx)))
  const requireIdle = (held: RosterImport): void => {
    if (held.state === 'PREVIEWING' || held.state === 'COMMITTING') busy(held.state)
    if (held.state === 'COMMITTED' || held.state === 'WITHDRAWN') fail('IMPORT_DONE')
  }
  const read = (actor: Actor, ids: readonly string[]): Promise<Map<string, RosterImport>> =>
    deps.transact(
      actor,
      async tx =>
        new Map(
          (await visible(deps, tx, actor, await importStore.byIds(tx, actor.countyId, ids))).map(found => [
            found.id,
            found,
          ]),
        ),
    )
  const mustSee = async (tx: RawTx, actor: Actor, id: string): Promise<RosterImport> => {
    const [found] = await visible(deps, tx, actor, await importStore.byIds(tx, actor.countyId, [id]))
    return found ?? fail('NOT_FOUND', { what: `import ${id}` })
  }

  return {
    /** Makes an import for a county's roster, or for that of an organisation and those below. @returns its id */
    create: (
      actor: Actor,
      orgId: string | null,
      fileName: string | null,
      idempotencyKey: string | null,
    ): Promise<string> =>
      deps.transact(actor, tx =>
        once(tx, actor, { operation: 'createImport', key: idempotencyKey, input: { orgId, fileName } }, async () => {
          await requireAdmin(deps, tx, actor, orgId)
          const id = deps.newId()
          await importStore.create(tx, { id, countyId: actor.countyId, orgId, accountId: actor.accountId, fileName })
          return id
        }),
      ),

    read,

    /**
     * Takes the file as it comes and keeps it sealed, since it is full of people's numbers. A new file replaces the
     * one before. An upload that breaks off leaves the import without a file. One upload at a time: each part is taken
     * while the import is this upload's, so that two files never become one.
     * @param saidBytes the length that the request states; null when it states none
     * @throws DomainError NOT_FOUND, IMPORT_BUSY, IMPORT_DONE, FILE_EMPTY, FILE_TOO_LARGE
     */
    async receiveFile(
      actor: Actor,
      id: string,
      stream: AsyncIterable<Uint8Array>,
      saidBytes: number | null = null,
    ): Promise<number> {
      const limit = defaultLimits.fileBytes
      const token = deps.newId()
      const { countyId } = actor
      const system = systemActor(countyId)
      await deps.transact(actor, async tx => requireIdle(await locked(tx, actor, id)))
      // Before the file that is there makes room for it.
      if (saidBytes !== null && saidBytes > limit) fail('FILE_TOO_LARGE', { limit })
      await deps.transact(system, async tx => {
        const held = await importStore.lock(tx, countyId, id)
        if (!held) return fail('NOT_FOUND', { what: `import ${id}` })
        requireIdle(held)
        if (await importStore.isReceiving(tx, id)) busy('RECEIVING')
        await importStore.beginUpload(tx, id, token)
      })
      const seal = await deps.sealing.ofCounty(countyId)
      const asUpload = (work: (tx: Tx) => Promise<void>): Promise<void> =>
        deps.transact(system, async tx => {
          if (!(await importStore.holdUpload(tx, id, token))) busy('RECEIVING')
          await work(tx)
        })
      let bytes = 0
      try {
        let n = 0
        for await (const part of inParts(stream, partBytes)) {
          bytes += part.length
          if (bytes > limit) return fail('FILE_TOO_LARGE', { limit })
          const sealed = seal.seal(part, `import/${id}/${n}`)
          await asUpload(tx => importStore.addChunk(tx, countyId, id, n, sealed))
          n++
        }
        if (bytes === 0) return fail('FILE_EMPTY')
        await asUpload(tx => importStore.fileComplete(tx, id, bytes))
        return bytes
      } catch (error) {
        // Whoever tries again at once is let in.
        await deps.transact(system, tx => importStore.endUpload(tx, id, token)).catch(() => undefined)
        throw error
      }
    },

    /**
     * Lets an import go before it is taken over, in whatever state it is: its file and rows go, findings stay.
     * @throws DomainError NOT_FOUND, IMPORT_BUSY while rows are being taken over, IMPORT_DONE
     */
    withdraw: (actor: Actor, id: string, idempotencyKey: string | null): Promise<void> =>
      deps
        .transact(actor, tx =>
          once(tx, actor, { operation: 'withdrawImport', key: idempotencyKey, input: { id } }, async () => {
            const held = await locked(tx, actor, id)
            if (held.state === 'COMMITTING') busy('COMMITTING')
            if (held.state === 'COMMITTED') fail('IMPORT_DONE')
          }),
        )
        .then(() =>
          deps.transact(systemActor(actor.countyId), async tx => {
            const held = await importStore.lock(tx, actor.countyId, id)
            if (held?.state === 'COMMITTING') busy('COMMITTING')
            if (held && held.state !== 'COMMITTED') await importStore.withdraw(tx, id)
          }),
        ),

    /** Judges every row and writes nothing to the register. @throws DomainError */
    preview: (actor: Actor, id: string, idempotencyKey: string | null): Promise<void> =>
      keyed(actor, { operation: 'previewImport', key: idempotencyKey, input: { id } }, async tx => {
        const held = await locked(tx, actor, id)
        requireIdle(held)
        if (held.fileBytes === 0) fail('IMPORT_HAS_NO_FILE')
        await importStore.request(tx, id, {
          state: 'PREVIEWING',
          mode: null,
          thenCommit: false,
          traceparent: activeTraceparent(),
          accountId: actor.accountId,
        })
      }),

    /** Takes the rows over; a file that has not been previewed is judged first. @throws DomainError */
    commit: (actor: Actor, id: string, mode: ImportMode, idempotencyKey: string | null): Promise<void> =>
      keyed(actor, { operation: 'commitImport', key: idempotencyKey, input: { id, mode } }, async tx => {
        const held = await locked(tx, actor, id)
        if (held.state === 'COMMITTED') return
        requireIdle(held)
        if (held.fileBytes === 0) fail('IMPORT_HAS_NO_FILE')
        if (held.state === 'PREVIEWED' && mode === 'ALL_OR_NONE' && held.errors > 0)
          fail('ROSTER_HAS_ERRORS', { errors: held.errors })
        const judged = held.state === 'PREVIEWED'
        await importStore.request(tx, id, {
          state: judged ? 'COMMITTING' : 'PREVIEWING',
          mode,
          thenCommit: !judged,
          traceparent: activeTraceparent(),
          accountId: actor.accountId,
        })
      }),

    findings: (
      actor: Actor,
      id: string,
      severity: Severity | null,
      stretch: Stretch,
    ): Promise<(Finding & { n: number })[]> =>
      deps.transact(actor, async tx => {
        await mustSee(tx, actor, id)
        return importStore.findings(tx, id, severity, stretch)
      }),

    countFindings: (actor: Actor, id: string, severity: Severity | null): Promise<number> =>
      deps.transact(actor, async tx => {
        await mustSee(tx, actor, id)
        return importStore.countFindings(tx, id, severity)
      }),

    missing: (actor: Actor, id: string, stretch: Stretch): Promise<string[]> =>
      deps.transact(actor, async tx => {
        await mustSee(tx, actor, id)
        return importStore.missing(tx, id, stretch)
      }),

    countMissing: (actor: Actor, id: string): Promise<number> =>
      deps.transact(actor, async tx => {
        await mustSee(tx, actor, id)
        return importStore.countMissing(tx, id)
      }),

    /** All findings (100,000 at most) as a CSV that an office can send back. @throws DomainError NOT_FOUND */
    findingsFile: (actor: Actor, id: string): Promise<string> =>
      deps.transact(actor, async tx => {
        await mustSee(tx, actor, id)
        return findingsToCsv(
          await importStore.findings(tx, id, null, { size: findingsInOneFile - 1, from: null, backwards: false }),
        )
      }),
  }
}
export type ImportUseCases = ReturnType<typeof createImportUseCases>

/** The stream cut into parts of one size, whatever sizes it comes in. */
async function* inParts(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let bytes = 0
  for await (const piece of stream) {
    held.push(Buffer.from(piece))
    bytes += piece.length
    if (bytes < size) continue
    const whole = Buffer.concat(held)
    let from = 0
    for (; whole.length - from >= size; from += size) yield whole.subarray(from, from + size)
    held = [whole.subarray(from)]
    bytes = whole.length - from
  }
  if (bytes > 0) yield Buffer.concat(held)
}
