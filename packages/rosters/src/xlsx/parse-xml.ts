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

export const brokenXlsx = (what: string): TableError =>
  new TableError('BROKEN_XLSX', {
    zh: `这个 .xlsx 文件已损坏或不是 Excel 工作簿（${what}），请重新另存后再导入`,
    en: `this .xlsx file is damaged or not an Excel workbook (${what}); save it anew and hand it in again`,
  })

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
  parser.on('opentag', (tag: SaxesTagPlain) => listener.open?.(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag: SaxesTagPlain) => listener.close?.(localName(tag.name)))
  parser.on('text', text => listener.text?.(text))
  parser.on('cdata', text => listener.text?.(text))
  parser.on('error', error => {
    throw brokenXlsx(error.message.slice(0, 80))
  })
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }))
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
