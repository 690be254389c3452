import type { Block, Cell, Inline, Row } from './document-model.ts'

/** Words and blanks in one line: `say\`同意${name}同志\``. */
export function say(texts: TemplateStringsArray, ...values: readonly (Inline | readonly Inline[])[]): Inline[] {
  return texts.flatMap((text, i): Inline[] => {
    const value = values[i]
    const after: readonly Inline[] = value === undefined ? [] : Array.isArray(value) ? value : [value as Inline]
    return text === '' ? [...after] : [text, ...after]
  })
}

export const blank = (characters: number): Inline => ({ blank: characters })
/** 年　月　日 to be written in. */
export const blankDate: readonly Inline[] = ['　　　　年　　月　　日']

export const title = (text: string): Block => ({ kind: 'TITLE', text })
export const heading = (text: string): Block => ({ kind: 'HEADING', text })
export const note = (text: string): Block => ({ kind: 'NOTE', text })
export const lines = (count: number): Block => ({ kind: 'LINES', count })
export const pageBreak: Block = { kind: 'PAGE_BREAK' }

export const addressee = (...content: Inline[]): Block => ({ kind: 'ADDRESSEE', content: [...content, '：'] })
export const paragraph = (texts: TemplateStringsArray, ...values: readonly (Inline | readonly Inline[])[]): Block => ({
  kind: 'PARAGRAPH',
  content: say(texts, ...values),
})
export const plain = (text: string): Block => ({ kind: 'PARAGRAPH', content: [text] })
export const centered = (texts: TemplateStringsArray, ...values: readonly (Inline | readonly Inline[])[]): Block => ({
  kind: 'CENTERED',
  content: say(texts, ...values),
})
export const signature = (signatory: Inline | readonly Inline[], date: readonly Inline[]): Block => ({
  kind: 'SIGNATURE',
  signatory: Array.isArray(signatory) ? signatory : [signatory as Inline],
  date,
})

/** A heading cell of a form; a line break where its narrow column needs one. */
export const label = (text: string, span: Pick<Cell, 'columns' | 'rows'> = {}): Cell => ({
  content: text.split('\n').map(line => [line]),
  heading: true,
  ...span,
})
/** A cell with what is known, or empty to be written in. */
export const value = (
  content: Inline | readonly Inline[] | null,
  span: Omit<Cell, 'content' | 'heading'> = {},
): Cell => ({
  content: [content === null ? [] : Array.isArray(content) ? [...content] : [content as Inline]],
  align: 'CENTER',
  ...span,
})
/** A large cell: an instruction on top, room below, a signature and a date at the end. */
export const opinion = (texts: readonly (readonly Inline[])[], span: Omit<Cell, 'content' | 'heading'> = {}): Cell => ({
  content: texts.map(text => [...text]),
  align: 'LEFT',
  ...span,
})
export const row = (heightMm: number, ...cells: Cell[]): Row => ({ heightMm, cells })
export const table = (columnsMm: readonly number[], ...rows: Row[]): Block => ({ kind: 'TABLE', columnsMm, rows })
