import { createHash, randomUUID } from 'node:crypto'
import { type Actor, recordAudit, systemActor } from '@linghang/access'
import type { CountySeal } from '@linghang/sealing'
import type { Deps } from '../deps.ts'
import { fileMaterial } from '../development/file-material.ts'
import { fail } from '../errors.ts'
import { keepsCase } from './create-material.ts'
import { type Material, materialLimits } from './material.ts'
import { openContent, sealContent, sealedLength } from './seal-content.ts'
import { acceptedNames, acceptedTypes, endingOf, headBytes, sniffType } from './sniff-type.ts'
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

/**
 * Takes the file of a material: sealed with the county's key and streamed into the store, hashed on the way, looked at
 * for what it is, and filed in one transaction with the fact in the case. A kill at any line leaves an object without
 * a row at the most, which is swept.
 * @param saidBytes the length that the request states; null when it states none
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, MATERIAL_*, CASE_CLOSED
 */
export function receiveMaterial(deps: Deps) {
  const begin = (actor: Actor, id: string, key: (material: Material) => string) =>
    deps.transact(actor, async tx => {
      const [material] = await materialStore.byIds(tx, actor.countyId, [id])
      if (!material) return fail('NOT_FOUND', { what: `Material:${id}` })
      await keepsCase(deps, tx, actor, material.caseId)
      if (material.state !== 'UPLOADING') fail('MATERIAL_FILED_ALREADY', { found: material.state })
      await materialStore.beginObject(tx, material, key(material), deps.now())
      return material
    })

  const discard = async (countyId: string, key: string): Promise<void> => {
    await deps.papers.delete(key)
    await deps.transact(systemActor(countyId), tx => materialStore.forgetObject(tx, key))
  }

  const look = async (material: Material, seal: CountySeal, key: string, head: Uint8Array, bytes: number) => {
    const ending = endingOf(material.fileName)
    const wanted = acceptedTypes[ending]
    const reread = async function* () {
      yield* openContent(seal, material.id, bytes, await deps.papers.get(key))
    }
    const found = await sniffType(head, reread)
    if (!wanted || found !== wanted.ext)
      return fail('MATERIAL_CONTENT', { found: found ?? '?', named: `.${ending}`, wanted: acceptedNames })
    return wanted.mediaType
  }

  const complete = (actor: Actor, material: Material, key: string, received: ReceivedMaterial) =>
    deps.transact(actor, async tx => {
      const held = await materialStore.lock(tx, actor.countyId, material.id)
      if (held?.state !== 'UPLOADING') return fail('MATERIAL_FILED_ALREADY', { found: held?.state ?? '' })
      const { caseId, step, template, filedOn } = held
      const { sha256 } = received
      await materialStore.file(tx, held.id, { ...received, key, now: deps.now() })
      await fileMaterial(deps, tx, actor, { caseId, materialId: held.id, step, template, sha256, filedOn })
      const afterHash = Buffer.from(sha256, 'hex')
      await recordAudit({ tx, actor }, [
        { orgId: held.orgId, action: 'material.filed', subjectType: 'Material', subjectId: held.id, afterHash },
      ])
    })

  return async (
    actor: Actor,
    id: string,
    content: AsyncIterable<Uint8Array>,
    saidBytes: number | null,
  ): Promise<ReceivedMaterial> => {
    const bytes = requireLength(saidBytes)
    let key = ''
    const material = await begin(actor, id, ({ countyId, caseId }) => {
      key = `${countyId}/${caseId}/${id}/${randomUUID()}`
      return key
    })
    try {
      const seal = await deps.sealing.ofCounty(material.countyId)
      const watched = watch(content)
      await deps.papers.put(key, sealContent(seal, id, bytes, watched.passing), sealedLength(bytes))
      if (watched.seen.bytes !== bytes) fail('MATERIAL_CUT_OFF', { found: watched.seen.bytes, wanted: bytes })
      const mediaType = await look(material, seal, key, watched.head(), bytes)
      const received = { bytes, sha256: watched.sha256(), mediaType }
      await complete(actor, material, key, received)
      return received
    } catch (error) {
      // What cannot be removed now, with the store or the database away, is swept later.
      await discard(material.countyId, key).catch(() => undefined)
      throw error
    }
  }
}
