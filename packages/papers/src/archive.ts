import { Readable } from 'node:stream'
import yazl from 'yazl'

/** What a name may have on the file systems of UOS, Kylin and macOS, with room for a number before it. */
const nameBytesAtMost = 240

/**
 * A name that unpacks everywhere: without the characters that some file system takes for its own, and cut to what it
 * may have with its ending kept; UTF-8 takes three bytes for a character.
 */
export function nameInArchive(name: string): string {
  const safe = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '')
  const [, stem = safe, ending = ''] = /^(.*?)(\.[^.]{1,10})?$/su.exec(safe) ?? []
  let kept = Array.from(stem)
  while (Buffer.byteLength(kept.join('') + ending) > nameBytesAtMost) kept = kept.slice(0, -1)
  return kept.join('') + ending
}

/** A file of an archive: made when its turn comes, or opened and read through when it is sent. */
export type ArchiveEntry = { path: string; mtime: Date; compress?: boolean } & (
  | { make: () => Promise<Uint8Array> }
  /** `bytes` null where nobody knows before it is read: it is packed then, since only that says where it ends. */
  | { bytes: number | null; open: () => AsyncIterable<Uint8Array> }
)

/**
 * Files as one ZIP archive, sent while it is made. One that cannot be made ends it in the middle, so that nobody takes
 * it for whole.
 */
export function archiveOf(entries: Iterable<ArchiveEntry>): AsyncIterable<Uint8Array> {
  const zip = new yazl.ZipFile()
  // The archive's own stream is broken off, not one around it: that would wait for bytes that never come.
  const out = zip.outputStream as Readable
  const broken = (error: unknown) => out.destroy(error instanceof Error ? error : new Error('archive'))
  zip.on('error', broken)
  const add = async () => {
    for (const entry of entries) {
      const { path, mtime, compress = false } = entry
      if ('make' in entry) zip.addBuffer(Buffer.from(await entry.make()), path, { mtime, compress })
      else
        zip.addReadStreamLazy(
          path,
          { mtime, ...(entry.bytes === null ? {} : { compress, size: entry.bytes }) },
          begin => {
            // Nobody else hears of a file that breaks off while it is read: unheard it would end the process.
            const read = Readable.from(entry.open()).on('error', broken)
            begin(null, read)
          },
        )
    }
    zip.end()
  }
  add().catch(broken)
  return out
}
