import { createHash } from 'node:crypto'
import type { CountySeal } from '@linghang/sealing'
import type { ObjectStore } from './object-store.ts'
import { openContent, sealContent, sealedLength } from './seal-content.ts'
import { acceptedTypes, endingOf, headBytes, sniffType } from './sniff-type.ts'

export type TakenPaper = { bytes: number; sha256: string; mediaType: string }
/** Why a paper was not taken: it ended early, or it is something else than its name says; null where nobody knows what. */
export type PaperFault =
  | { fault: 'CUT_OFF'; found: number; wanted: number }
  | { fault: 'CONTENT'; found: string | null }

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
 * Seals a paper and streams it into the store, hashed on the way, and looks at what it is by its content. What is refused
 * lies in the store all the same: whoever asked removes it.
 * @param paper.bytes how long it is said to be
 * @param paper.fileName with an ending of `acceptedTypes`
 */
export async function takePaper(
  store: Pick<ObjectStore, 'put' | 'get'>,
  { id, key, fileName, bytes, seal }: { id: string; key: string; fileName: string; bytes: number; seal: CountySeal },
  content: AsyncIterable<Uint8Array>,
): Promise<TakenPaper | PaperFault> {
  const watched = watch(content)
  await store.put(key, sealContent(seal, id, bytes, watched.passing), sealedLength(bytes))
  const found = watched.seen.bytes
  if (found !== bytes) return { fault: 'CUT_OFF', found, wanted: bytes }
  const reread = async function* () {
    yield* openContent(seal, id, bytes, await store.get(key))
  }
  const is = await sniffType(watched.head(), reread)
  const wanted = acceptedTypes[endingOf(fileName)]
  if (!wanted || is !== wanted.ext) return { fault: 'CONTENT', found: is }
  return { bytes, sha256: watched.sha256(), mediaType: wanted.mediaType }
}
