import { writtenDate } from './asked-facts.ts'
import type { Block, Inline, Row } from './document-model.ts'
import { blank, blankDate, label, opinion, row, signature } from './write-blocks.ts'

/** Columns of the usual form: three pairs of heading and value over the 156 mm of the type area. */
export const formColumnsMm = [23, 30, 20, 30, 20, 33]

export const dateOr = (day: string | null | undefined): Inline | readonly Inline[] =>
  day ? writtenDate(day) : blankDate
export const countOr = (count: number | null | undefined): Inline => (count == null ? blank(3) : String(count))
export const textOr = (text: string | null | undefined, width = 8): Inline => text?.trim() || blank(width)

// A line of 12 points in a form, with its leading.
const formLineMm = 6.4

/** A large cell to write an opinion in, signed and dated at its foot. */
export function opinionRow(heightMm: number, heading: string, hint: string, signedBy: string, columns = 5): Row {
  const room = Math.max(1, Math.floor(heightMm / formLineMm) - 3)
  return row(
    heightMm,
    label(heading),
    opinion(
      [
        [hint],
        ...Array.from({ length: room }, () => []),
        [`　　　　　　　　　　　　${signedBy}`],
        ['　　　　　　　　　　　　　　　　　　　　年　　月　　日'],
      ],
      { columns },
    ),
  )
}

export const handSigned = (who: string): Block => signature([`${who}（签名）：`, blank(6)], blankDate)

/** The red head of whoever issues; a name that is not known is written in by hand. */
export const redHead = (issuer: Inline | null, kind: string): { issuer: string; number: readonly Inline[] } => ({
  issuer: typeof issuer === 'string' ? issuer : `中共　　　　　　　${kind}`,
  number: ['　　　〔　　　　〕　　号'],
})
