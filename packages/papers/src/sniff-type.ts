import { fileTypeFromBuffer } from 'file-type'
import { mediaTypes } from './media-types.ts'

/** What may be filed: by the ending of its name, what its content has to be. */
export const acceptedTypes: Readonly<Record<string, { ext: string; mediaType: string }>> = {
  pdf: { ext: 'pdf', mediaType: 'application/pdf' },
  jpg: { ext: 'jpg', mediaType: 'image/jpeg' },
  jpeg: { ext: 'jpg', mediaType: 'image/jpeg' },
  png: { ext: 'png', mediaType: 'image/png' },
  docx: { ext: 'docx', mediaType: mediaTypes.docx },
  xlsx: { ext: 'xlsx', mediaType: mediaTypes.xlsx },
}
export const acceptedNames = 'pdf, jpg, png, docx, xlsx'

/** As much of a file as tells its type, for those types that say it at their beginning. */
export const headBytes = 65_536

const zipSignature = [0x50, 0x4b, 3, 4]

export const endingOf = (fileName: string): string => /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''

/**
 * What a file is by its content: an ending of `acceptedTypes`, another that was recognised, or null. An office
 * document is a ZIP whose list of contents may stand anywhere in it, so of a ZIP the whole file
 * is asked: no more than `paperLimits` lets in.
 * @param reread the file again from its beginning; called at most once
 */
export async function sniffType(head: Uint8Array, reread: () => AsyncIterable<Uint8Array>): Promise<string | null> {
  const isZip = zipSignature.every((byte, i) => head[i] === byte)
  const known = isZip ? Buffer.concat(await Array.fromAsync(reread())) : head
  const found = await fileTypeFromBuffer(known).catch(() => undefined)
  return found?.ext ?? null
}
