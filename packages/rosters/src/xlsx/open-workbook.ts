import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { fileTooLarge, type TableLimits } from '../limits.ts'
import { TableError } from '../table-error.ts'
import { isDateFormat } from './cell-value.ts'
import { brokenXlsx, scanXml } from './parse-xml.ts'
import { createSharedStrings, type SharedStrings } from './shared-strings.ts'

/** More sheets, relations and formats than any workbook of an office has. */
const MAX_SHEETS = 1_000
const MAX_STYLES = 65_536

/** More parts than any roster has; the directory of a hostile archive can name millions. */
const MAX_PARTS = 2_000

/** A spreadsheet holds 32,767 characters a cell. */
const MAX_TEXT_CHARACTERS = 40_000

type Parts = { zip: ZipFile; entries: Map<string, Entry> }

/** A sheet that the office sees; `bytes` unpacks it anew from its beginning. */
export type Sheet = { name: string; bytes: () => AsyncIterable<Uint8Array> }

/** What is needed to read the sheets of a workbook. */
export type Workbook = {
  /** The visible ones, or the first where none is. */
  sheets: Sheet[]
  sharedStrings: SharedStrings
  /** By style number: whether a number in that style is a date. */
  dateStyles: boolean[]
  from1904: boolean
}

async function openParts(file: Buffer): Promise<Parts> {
  const entries = new Map<string, Entry>()
  const zip = await fromBufferPromise(file)
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= MAX_PARTS) throw brokenXlsx(`more than ${MAX_PARTS} parts`)
    entries.set(entry.fileName.toLowerCase(), entry)
  }
  return { zip, entries }
}

/** The bytes of a part, unpacked, counted as they really come and not as the archive claims. */
async function* readPart({ zip, entries }: Parts, path: string, limits: TableLimits): AsyncGenerator<Uint8Array> {
  const entry = entries.get(path.toLowerCase())
  if (!entry) throw brokenXlsx(path)
  const stream = await zip.openReadStreamPromise(entry)
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > limits.unpackedBytes) throw fileTooLarge(limits.unpackedBytes)
    yield chunk
  }
}

async function readSheetList(parts: Parts, limits: TableLimits) {
  const sheets: { name: string; relation: string; hidden: boolean }[] = []
  let from1904 = false
  await scanXml(readPart(parts, 'xl/workbook.xml', limits), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name !== 'sheet') return
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      if (sheets.length >= MAX_SHEETS) throw brokenXlsx(`more than ${MAX_SHEETS} sheets`)
      if (relation)
        sheets.push({ name: attributes.name ?? '', relation, hidden: (attributes.state ?? 'visible') !== 'visible' })
    },
  })
  return { sheets, from1904 }
}

async function readRelations(parts: Parts, limits: TableLimits): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await scanXml(readPart(parts, 'xl/_rels/workbook.xml.rels', limits), {
    open(name, { Id: id, Target: target }) {
      if (name !== 'Relationship' || !id || !target) return
      if (targets.size >= MAX_PARTS) throw brokenXlsx(`more than ${MAX_PARTS} relations`)
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`)
    },
  })
  return targets
}

async function readDateStyles(parts: Parts, limits: TableLimits): Promise<boolean[]> {
  const path = 'xl/styles.xml'
  if (!parts.entries.has(path)) return []
  const formats = new Map<number, string>()
  const styles: boolean[] = []
  let inCellFormats = false
  await scanXml(readPart(parts, path, limits), {
    open(name, attributes) {
      if (styles.length >= MAX_STYLES || formats.size >= MAX_STYLES) throw brokenXlsx(`more than ${MAX_STYLES} formats`)
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0)
        styles.push(isDateFormat(id, formats.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return styles
}

async function readSharedStrings(parts: Parts, limits: TableLimits): Promise<SharedStrings> {
  const path = 'xl/sharedstrings.xml'
  const strings = createSharedStrings()
  // A text for each cell at most.
  const textsAtMost = limits.rows * 20
  if (!parts.entries.has(path)) return strings
  let text = ''
  let inText = false
  let inPhonetic = false
  await scanXml(readPart(parts, path, limits), {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inPhonetic = true
      else if (name === 't') inText = !inPhonetic
    },
    text(piece) {
      if (!inText) return
      text += piece
      if (text.length > MAX_TEXT_CHARACTERS) throw brokenXlsx(`a text of more than ${MAX_TEXT_CHARACTERS} characters`)
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'si') {
        if (strings.count >= textsAtMost) throw brokenXlsx(`more than ${textsAtMost} texts`)
        strings.add(text)
      }
      if (strings.bytes > limits.xlsxBytes * 2) throw fileTooLarge(limits.xlsxBytes)
    },
  })
  return strings
}

/** Opens an XLSX file that lies in memory. Throws `TableError`. */
export async function openWorkbook(file: Buffer, limits: TableLimits): Promise<Workbook> {
  try {
    const parts = await openParts(file)
    const { sheets, from1904 } = await readSheetList(parts, limits)
    const relations = await readRelations(parts, limits)
    const visible = sheets.filter(({ hidden }) => !hidden)
    const found = (visible.length > 0 ? visible : sheets.slice(0, 1)).flatMap(({ name, relation }) => {
      const path = relations.get(relation)
      return path === undefined ? [] : [{ name, bytes: () => readPart(parts, path, limits) }]
    })
    if (found.length === 0) throw brokenXlsx('no sheet')
    return {
      sheets: found,
      sharedStrings: await readSharedStrings(parts, limits),
      dateStyles: await readDateStyles(parts, limits),
      from1904,
    }
  } catch (error) {
    throw error instanceof TableError ? error : brokenXlsx('it cannot be unpacked')
  }
}
