import { randomUUID } from 'node:crypto'
import { inParts } from '@linghang/sealing'
import type { RequestContext } from '@linghang/subgraph'
import { fail, failBusy } from '../errors.ts'
import { defaultLimits } from '../limits.ts'
import { holdImport, requireIdle } from './import-access.ts'
import type { ImportWork } from './roster-import.ts'
import { uploadStore } from './upload-store.ts'

const partBytes = 1_048_576

/**
 * Takes the file as it comes and keeps it sealed, since it is full of people's numbers. A new file replaces the
 * one before. An upload that breaks off leaves the import without a file. One upload at a time: each part is taken
 * while the import is this upload's, so that two files never become one.
 * @param saidBytes the length that the request states; null when it states none
 * @throws DomainError NOT_FOUND, IMPORT_BUSY, IMPORT_DONE, FILE_EMPTY, FILE_TOO_LARGE
 */
export async function receiveFile(
  { perform, actor }: Pick<RequestContext<ImportWork>, 'perform' | 'actor'>,
  id: string,
  stream: AsyncIterable<Uint8Array>,
  saidBytes: number | null = null,
): Promise<number> {
  const limit = defaultLimits.fileBytes
  const token = randomUUID()
  const { countyId } = actor
  // Parts of a file are nobody's to see.
  const asCounty = <T>(run: (work: ImportWork) => Promise<T>) => perform(run, { rights: 'COUNTY' })
  await perform(async work => requireIdle(await holdImport(work, id)))
  // Before the file that is there makes room for it.
  if (saidBytes !== null && saidBytes > limit) fail('FILE_TOO_LARGE', { limit })
  const seal = await asCounty(async work => {
    requireIdle(await holdImport(work, id))
    if (await uploadStore.isReceiving(work.tx, id)) failBusy('RECEIVING')
    await uploadStore.beginUpload(work.tx, id, token)
    return work.seal()
  })
  const asUpload = (run: (work: ImportWork) => Promise<void>): Promise<void> =>
    asCounty(async work => {
      if (!(await uploadStore.holdUpload(work.tx, id, token))) failBusy('RECEIVING')
      await run(work)
    })
  let bytes = 0
  try {
    let n = 0
    for await (const part of inParts(stream, partBytes)) {
      bytes += part.length
      if (bytes > limit) return fail('FILE_TOO_LARGE', { limit })
      const sealed = seal.seal(part, `import/${id}/${n}`)
      await asUpload(({ tx }) => uploadStore.addChunk(tx, countyId, id, n, sealed))
      n++
    }
    if (bytes === 0) return fail('FILE_EMPTY')
    await asUpload(({ tx }) => uploadStore.fileComplete(tx, id, bytes))
    return bytes
  } catch (error) {
    // Whoever tries again at once is let in.
    await asCounty(({ tx }) => uploadStore.endUpload(tx, id, token)).catch(() => undefined)
    throw error
  }
}
