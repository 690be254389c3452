import { acceptedTypes, endingOf, paperLimits, safeFileName } from '@linghang/papers'

/** The paper of a voucher (票据影像), as it was filed. */
export type VoucherPaper = {
  id: string
  orgId: string
  voucherId: string
  fileName: string
  mediaType: string
  bytes: number
  sha256: string
  objectKey: string
  filedAt: Date
}

/** An invoice or a receipt is a picture or a PDF. */
const kinds: ReadonlySet<string> = new Set(['pdf', 'jpg', 'jpeg', 'png'])
export const paperKinds = 'pdf, jpg, png'
/** So many papers of one voucher at most, those that were replaced too. */
export const papersAtMost = 10

/** A file name as it is kept; null where it is none, is too long, or names another kind of file. */
export function readPaperName(name: string): string | null {
  const safe = safeFileName(name)
  if (safe === null || Array.from(safe).length > paperLimits.fileNameCharacters) return null
  const ending = endingOf(safe)
  return kinds.has(ending) && acceptedTypes[ending] ? safe : null
}
