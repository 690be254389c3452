import type { DevelopmentTemplate, StepKey } from '@linghang/rulebook'

export type MaterialState = 'UPLOADING' | 'FILED' | 'REPLACED' | 'ABANDONED'

/** A paper of a case. */
export type Material = {
  id: string
  countyId: string
  orgId: string
  caseId: string
  step: StepKey
  template: DevelopmentTemplate
  confidential: boolean
  fileName: string
  state: MaterialState
  replaces: string | null
  filedOn: string
  createdAt: Date
  uploadedBy: string | null
  mediaType: string | null
  bytes: number | null
  sha256: string | null
  objectKey: string | null
  filedAt: Date | null
}

const mebibyte = 1024 * 1024
export const materialLimits = {
  fileBytes: 20 * mebibyte,
  filesOfStep: 50,
  filesOfCase: 400,
  fileNameCharacters: 120,
} as const

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
