import { createHash } from 'node:crypto'
import { recordAudit } from '@linghang/access'
import {
  acceptedNames,
  acceptedTypes,
  endingOf,
  headBytes,
  type ObjectStore,
  openContent,
  sealContent,
  sealedLength,
  sniffType,
} from '@linghang/papers'
import type { CountySeal } from '@linghang/sealing'
import type { Context, Work } from '../../work.ts'
import { viewKept } from '../cases/case-access.ts'
import { fileMaterial } from '../cases/file-material.ts'
import { fail } from './errors.ts'
import { type Material, materialLimits } from './material.ts'
import { materialStore } from './store.ts'

export type ReceivedMaterial = { bytes: number; sha256: string; mediaType: string }

/** @throws DomainError MATERIAL_LENGTH_UNKNOWN, MATERIAL_EMPTY, MATERIAL_TOO_LARGE */
function requireLength(said: number | null): number {
  const limit = materialLimits.fileBytes
  if (said === null) return fail('MATERIAL_LENGTH_UNKNOWN')
  if (said === 0) fail('MATERIAL_EMPTY')
  if (said > limit) fail('MATERIAL_TOO_LARGE', { found: said, limit })
  return said
}

/** Passes a content on and looks at it: its beginning, its hash and its length, all known once it has ended. */
function watch(content: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  const head: Buffer[] = []
  const seen = { bytes: 0 }
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      if (seen.bytes < headBytes) head.push(Buffer.from(piece.subarray(0, headBytes - seen.bytes)))
      hash.update(piece)
      seen.bytes += piece.length
      yield piece
    }
  }
  return { passing: passing(), seen, head: () => Buffer.concat(head), sha256: () => hash.digest('hex') }
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

/** What the file is, by its content. @returns its media type @throws DomainError MATERIAL_CONTENT */
async function look({ material, key, seal, papers }: Begun, head: Uint8Array, bytes: number): Promise<string> {
  const ending = endingOf(material.fileName)
  const wanted = acceptedTypes[ending]
  const reread = async function* () {
    yield* openContent(seal, material.id, bytes, await papers.get(key))
  }
  const found = await sniffType(head, reread)
  if (!wanted || found !== wanted.ext)
    return fail('MATERIAL_CONTENT', { found: found ?? '?', named: `.${ending}`, wanted: acceptedNames })
  return wanted.mediaType
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
  const discard = async (): Promise<void> => {
    await papers.delete(key)
    await perform(({ tx }) => materialStore.forgetObject(tx, key), { rights: 'COUNTY' })
  }
  try {
    const watched = watch(content)
    await papers.put(key, sealContent(seal, id, bytes, watched.passing), sealedLength(bytes))
    if (watched.seen.bytes !== bytes) fail('MATERIAL_CUT_OFF', { found: watched.seen.bytes, wanted: bytes })
    const mediaType = await look(begun, watched.head(), bytes)
    const received = { bytes, sha256: watched.sha256(), mediaType }
    await perform(work => complete(work, begun, received))
    return received
  } catch (error) {
    // What cannot be removed now, with the store or the database away, is swept later.
    await discard().catch(() => undefined)
    throw error
  }
}
