/** A piece of a line: words, or room to write in by hand, as wide as so many Chinese characters. */
export type Inline = string | { blank: number }

export type Cell = {
  content: readonly Inline[][]
  /** Columns and rows that it covers. */
  columns?: number
  rows?: number
  /** A heading of the form, centred and set apart. */
  heading?: boolean
  align?: 'LEFT' | 'CENTER'
}
export type Row = { heightMm: number; cells: readonly Cell[] }

export type Block =
  | { kind: 'TITLE'; text: string }
  /** To whom: at the margin, with a colon. */
  | { kind: 'ADDRESSEE'; content: readonly Inline[] }
  | { kind: 'HEADING'; text: string }
  | { kind: 'PARAGRAPH'; content: readonly Inline[] }
  | { kind: 'CENTERED'; content: readonly Inline[] }
  /** Ruled lines over the whole width. */
  | { kind: 'LINES'; count: number }
  /** Columns in millimetres; together no more than the 156 of the type area. */
  | { kind: 'TABLE'; columnsMm: readonly number[]; rows: readonly Row[] }
  /** Who issues or signs, and the date below. */
  | { kind: 'SIGNATURE'; signatory: readonly Inline[]; date: readonly Inline[] }
  | { kind: 'NOTE'; text: string }
  | { kind: 'PAGE_BREAK' }

/** Kinds of layout: official letter, form, record, public notice, ballot, guide to something written by hand. */
export type Layout = 'LETTER' | 'FORM' | 'RECORD' | 'NOTICE' | 'BALLOT' | 'GUIDE'

/** A document as it will look, without a word of how any file format says so. */
export type DocumentModel = {
  /** Of which form it is made. */
  template: string
  title: string
  layout: Layout
  /** Red head (红头) with the issuer's name and the document number; null where the issuer has none. */
  redHead: { issuer: string; number: readonly Inline[] } | null
  blocks: readonly Block[]
}

/** All words of a document, blanks as spaces: to search in, and to test. */
export function textOf(model: DocumentModel): string {
  const inline = (content: readonly Inline[]) => content.map(part => (typeof part === 'string' ? part : ' ')).join('')
  const ofBlock = (block: Block): string => {
    switch (block.kind) {
      case 'TABLE':
        return block.rows.flatMap(row => row.cells.map(cell => cell.content.map(inline).join('\n'))).join('\n')
      case 'SIGNATURE':
        return `${inline(block.signatory)}\n${inline(block.date)}`
      case 'ADDRESSEE':
      case 'PARAGRAPH':
      case 'CENTERED':
        return inline(block.content)
      case 'LINES':
      case 'PAGE_BREAK':
        return ''
      default:
        return block.text
    }
  }
  const head = model.redHead ? `${model.redHead.issuer}\n${inline(model.redHead.number)}\n` : ''
  return head + model.blocks.map(ofBlock).join('\n')
}
