import { useCasesOf } from '@linghang/access'
import { activeTraceparent } from '@linghang/events'
import { fail, failBusy } from '../errors.ts'
import { holdImport, requireAdmin, requireIdle } from './import-access.ts'
import type { ImportMode, ImportWork } from './roster-import.ts'
import { importStore } from './store.ts'

const useCase = useCasesOf<ImportWork>()

/** Makes an import for a county's roster, or for that of an organisation and those below. @returns its id */
export const createImport = useCase(
  'createImport',
  async (work, { orgId, fileName }: { orgId: string | null; fileName: string | null }) => {
    await requireAdmin(work, orgId)
    const { tx, actor } = work
    const id = work.newId()
    await importStore.create(tx, { id, countyId: actor.countyId, orgId, accountId: actor.accountId, fileName })
    return id
  },
)

/** Judges every row and writes nothing to the register. @throws DomainError NOT_FOUND, IMPORT_BUSY, IMPORT_DONE, IMPORT_HAS_NO_FILE */
export const previewImport = useCase('previewImport', async (work, { id }: { id: string }) => {
  const held = await holdImport(work, id)
  requireIdle(held)
  if (held.fileBytes === 0) fail('IMPORT_HAS_NO_FILE')
  await importStore.request(work.tx, id, {
    state: 'PREVIEWING',
    mode: null,
    thenCommit: false,
    traceparent: activeTraceparent(),
    accountId: work.actor.accountId,
  })
})

/**
 * Takes the rows over; a file that has not been previewed is judged first.
 * @throws DomainError NOT_FOUND, IMPORT_BUSY, IMPORT_DONE, IMPORT_HAS_NO_FILE, ROSTER_HAS_ERRORS
 */
export const commitImport = useCase('commitImport', async (work, { id, mode }: { id: string; mode: ImportMode }) => {
  const held = await holdImport(work, id)
  if (held.state === 'COMMITTED') return
  requireIdle(held)
  if (held.fileBytes === 0) fail('IMPORT_HAS_NO_FILE')
  if (held.state === 'PREVIEWED' && mode === 'ALL_OR_NONE' && held.errors > 0)
    fail('ROSTER_HAS_ERRORS', { errors: held.errors })
  const judged = held.state === 'PREVIEWED'
  await importStore.request(work.tx, id, {
    state: judged ? 'COMMITTING' : 'PREVIEWING',
    mode,
    thenCommit: !judged,
    traceparent: activeTraceparent(),
    accountId: work.actor.accountId,
  })
})

/**
 * Lets an import go before it is taken over, in whatever state it is: its file and rows go, findings stay.
 * @throws DomainError NOT_FOUND, IMPORT_BUSY while rows are being taken over, IMPORT_DONE
 */
export const withdrawImport = useCase(
  'withdrawImport',
  async (work, { id }: { id: string }) => {
    const held = await holdImport(work, id)
    if (held.state === 'COMMITTING') failBusy('COMMITTING')
    if (held.state === 'COMMITTED') fail('IMPORT_DONE')
    await importStore.withdraw(work.tx, id)
  },
  // A staged row is nobody's to see, and goes with its import.
  { rights: 'COUNTY' },
)
