import { recordAudit } from '@linghang/access'
import {
  acceptedNames,
  endingOf,
  type ObjectStore,
  type PaperFault,
  type TakenPaper,
  takePaper,
} from '@linghang/papers'
import type { CountySeal } from '@linghang/sealing'
import type { Context, Work } from '../../work.ts'
import { viewKept } from '../cases/case-access.ts'
import { fileMaterial } from '../cases/file-material.ts'
import { fail } from './errors.ts'
import { type Material, materialLimits } from './material.ts'
import { materialStore } from './store.ts'

export type ReceivedMaterial = TakenPaper

/** @throws DomainError MATERIAL_LENGTH_UNKNOWN, MATERIAL_EMPTY, MATERIAL_TOO_LARGE */
function requireLength(said: number | null): number {
  const limit = materialLimits.fileBytes
  if (said === null) return fail('MATERIAL_LENGTH_UNKNOWN')
  if (said === 0) fail('MATERIAL_EMPTY')
  if (said > limit) fail('MATERIAL_TOO_LARGE', { found: said, limit })
  return said
}

/** A material that awaits its file, where that will lie, and by what it is sealed. */
type Begun = { material: Material; key: string; seal: CountySeal; papers: ObjectStore }

/** @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, MATERIAL_FILED_ALREADY */
async function begin(work: Work, id: string): Promise<Begun> {
  const { tx, actor, papers } = work
  const [material] = await materialStore.byIds(tx, actor.countyId, [id])
  if (!material) return fail('NOT_FOUND', { what: `Material:${id}` })
  const { countyId, caseId, state } = material
  await viewKept(work, caseId)
  if (state !== 'UPLOADING') fail('MATERIAL_FILED_ALREADY', { found: state })
  const key = `${countyId}/${caseId}/${id}/${work.newId()}`
  await materialStore.beginObject(tx, material, key, work.now)
  return { material, key, seal: work.seal(), papers }
}

/** @throws DomainError MATERIAL_CUT_OFF, MATERIAL_CONTENT */
function refuse(found: PaperFault, fileName: string): never {
  if (found.fault === 'CUT_OFF') return fail('MATERIAL_CUT_OFF', { found: found.found, wanted: found.wanted })
  const named = `.${endingOf(fileName)}`
  return fail('MATERIAL_CONTENT', { found: found.found ?? '?', named, wanted: acceptedNames })
}

/** @throws DomainError MATERIAL_FILED_ALREADY, CASE_CLOSED */
async function complete(work: Work, { material, key }: Begun, received: ReceivedMaterial): Promise<void> {
  const held = await materialStore.lock(work.tx, work.actor.countyId, material.id)
  if (held?.state !== 'UPLOADING') return fail('MATERIAL_FILED_ALREADY', { found: held?.state ?? '' })
  const { caseId, step, template, filedOn } = held
  const { sha256 } = received
  await materialStore.file(work.tx, held.id, { ...received, key, now: work.now })
  await fileMaterial(work, { caseId, materialId: held.id, step, template, sha256, filedOn })
  const afterHash = Buffer.from(sha256, 'hex')
  await recordAudit(work, [
    { orgId: held.orgId, action: 'material.filed', subjectType: 'Material', subjectId: held.id, afterHash },
  ])
}

/**
 * Takes the file of a material: sealed with the county's key and streamed into the store, hashed on the way, looked at
 * for what it is, and filed in one transaction with the fact in the case. A kill at any line leaves an object without
 * a row at the most, which is swept.
 * @param saidBytes the length that the request states; null when it states none
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, MATERIAL_*, CASE_CLOSED
 */
export async function receiveMaterial(
  { perform }: Pick<Context, 'perform'>,
  id: string,
  content: AsyncIterable<Uint8Array>,
  saidBytes: number | null,
): Promise<ReceivedMaterial> {
  const bytes = requireLength(saidBytes)
  const begun = await perform(work => begin(work, id))
  const { key, seal, papers } = begun
  let isThere = false
  const discard = async (): Promise<void> => {
    await papers.delete(key)
    // What a store makes of an upload that broke off may come after it was told to remove it: that is swept.
    if (isThere) await perform(({ tx }) => materialStore.forgetObject(tx, key), { rights: 'COUNTY' })
  }
  try {
    const { fileName } = begun.material
    const received = await takePaper(papers, { id, key, fileName, bytes, seal }, content)
    isThere = true
    if ('fault' in received) return refuse(received, fileName)
    await perform(work => complete(work, begun, received))
    return received
  } catch (error) {
    // What cannot be removed now, with the store or the database away, is swept later.
    await discard().catch(() => undefined)
    throw error
  }
}
