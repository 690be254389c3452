import { sha256Of, sumsOf as sumsOfFiles } from '@linghang/papers/archive-sums'
import type { BookPeriod } from '../books/book.ts'

/** What an archive holds, a file each: what a row is, in JSON, a line each. */
export const exportedFiles = [
  ...(['organisations', 'accounts', 'journals', 'entries', 'holds', 'payments', 'receipts'] as const),
  ...(['spendings', 'bookings', 'resolutions', 'vouchers'] as const),
]
export type ExportedFile = (typeof exportedFiles)[number]

/** So many rows of a file at most: they are held in memory while the archive is made. */
export const mostRows = 10_000

export type ArchiveFile = { name: string; content: string; rows: number | null }

export const jsonLines = (rows: readonly object[]): string => rows.map(row => `${JSON.stringify(row)}\n`).join('')

export type Manifest = {
  format: 'linghang.dues-export/1'
  organisation: { id: string; code: string; name: string }
  from: string
  until: string
  madeAt: string
  files: { name: string; bytes: number; rows: number | null; sha256: string }[]
}

/** What is in an archive, each file with its hash. */
export const manifestOf = (
  organisation: Manifest['organisation'],
  { from, until }: BookPeriod,
  madeAt: Date,
  files: readonly ArchiveFile[],
): Manifest => ({
  ...{ format: 'linghang.dues-export/1', organisation, from, until, madeAt: madeAt.toISOString() },
  files: files.map(({ name, content, rows }) => ({
    ...{ name, bytes: Buffer.byteLength(content), rows, sha256: sha256Of(content) },
  })),
})

/** The same, and the manifest itself, as `sha256sum -c SHA256SUMS` reads it. */
export const sumsOf = (files: readonly ArchiveFile[]): string =>
  sumsOfFiles(files.map(({ name, content }) => ({ name, sha256: sha256Of(content) })))
