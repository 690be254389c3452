const mebibyte = 1024 * 1024
/** How large a paper may be, and how long its name. */
export const paperLimits = { fileBytes: 20 * mebibyte, fileNameCharacters: 120 } as const

/** A name that any computer can write to its disk, and that says nothing to a header or a shell; null when nothing is left. */
export function safeFileName(name: string): string | null {
  const safe = name
    .normalize('NFC')
    // Controls, what turns the direction of writing, and what file systems and archives read as something else.
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]/gu, '')
    .replace(/^[\s.]+/u, '')
    .trim()
  return /^[^.].*\.[A-Za-z0-9]{1,5}$/u.test(safe) ? safe : null
}
