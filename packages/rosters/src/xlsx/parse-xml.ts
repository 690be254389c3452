import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { TableError } from '../table-error.ts'

export type Attributes = Record<string, string>

/** What a part of a workbook is made of, told in order. Names come without their namespace prefix. */
export type XmlListener = {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/** @param what for us who look for the fault, in English; the office is told what to do. */
export const brokenXlsx = (what: string): TableError =>
  new TableError('BROKEN_XLSX', {
    zh: '这个 .xlsx 文件已损坏或不是 Excel 工作簿，请用表格软件打开，另存为新的 .xlsx 或 CSV（UTF-8）后再导入',
    en: `this .xlsx file is damaged or not an Excel workbook (${what}); open it in a spreadsheet and save it anew as .xlsx or CSV (UTF-8)`,
  })

/**
 * What a part of a workbook may be made of: a few kilobytes unpack to any depth and number. A sheet is ten deep; its
 * cells are counted by the rows and columns that are read, so elements are bounded by far more than a roster has.
 */
const bounds = {
  depth: 64,
  elements: 60_000_000,
  attributes: 64,
  attributeCharacters: 40_000,
  textCharacters: 1_000_000,
}

/**
 * Parses a part chunk by chunk and calls back after each chunk, so that what a chunk brought can be handed on before
 * the next is read. Entities that the document declares itself are not expanded (saxes treats them as errors).
 */
export async function* parseXml<T>(
  chunks: AsyncIterable<Uint8Array>,
  listener: XmlListener,
  drain: () => T[],
): AsyncGenerator<T> {
  const parser = new SaxesParser({ xmlns: false })
  let depth = 0
  let elements = 0
  let attributes = 0
  // The parser holds a tag's attributes, and a text or comment, until they end: they are counted as they come.
  let pending = 0
  parser.on('opentagstart', () => {
    attributes = 0
    pending = 0
    if (++depth > bounds.depth) throw brokenXlsx(`more than ${bounds.depth} levels`)
    if (++elements > bounds.elements) throw brokenXlsx(`more than ${bounds.elements} elements`)
  })
  parser.on('attribute', ({ value }) => {
    pending = 0
    if (++attributes > bounds.attributes) throw brokenXlsx(`more than ${bounds.attributes} attributes`)
    if (value.length > bounds.attributeCharacters) throw brokenXlsx('an attribute without end')
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    pending = 0
    listener.open?.(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag: SaxesTagPlain) => {
    pending = 0
    depth--
    listener.close?.(localName(tag.name))
  })
  const told = (text: string) => {
    pending = 0
    listener.text?.(text)
  }
  parser.on('text', told)
  parser.on('cdata', told)
  parser.on('comment', () => {
    pending = 0
  })
  parser.on('processinginstruction', () => {
    pending = 0
  })
  parser.on('doctype', () => {
    throw brokenXlsx('a document type')
  })
  parser.on('error', () => {
    throw brokenXlsx('a part that is not well formed')
  })
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    pending += text.length
    parser.write(text)
    if (pending > bounds.textCharacters) throw brokenXlsx('a text without end')
    yield* drain()
  }
  parser.write(decoder.decode())
  parser.close()
  yield* drain()
}

/** Parses a whole part for what its listener notes. */
export async function scanXml(chunks: AsyncIterable<Uint8Array>, listener: XmlListener): Promise<void> {
  for await (const _ of parseXml(chunks, listener, () => [])) {
    // Nothing is handed on: the listener keeps what it wants.
  }
}
