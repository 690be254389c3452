// Characters that some file system takes for its own.
export const safeFileName = (text: string): string => text.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '')

/** What a name may have on the file systems of UOS, Kylin and macOS, with room for the number before it. */
const nameBytesAtMost = 240

/** A name cut so that it unpacks everywhere, its ending kept: UTF-8 takes three bytes for a character. */
export function fittingFileName(name: string): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]{1,10})?$/su.exec(name) ?? []
  let kept = Array.from(stem)
  while (Buffer.byteLength(kept.join('') + ending) > nameBytesAtMost) kept = kept.slice(0, -1)
  return kept.join('') + ending
}
