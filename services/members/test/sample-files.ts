import { renderDocx } from '@linghang/documents'
import ExcelJS from 'exceljs'
import yazl from 'yazl'
import { fillTemplate } from '../src/development/forms/fill-template.ts'
import { fullCase } from './case-files.ts'

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

async function zipOf(entries: [name: string, data: Uint8Array][]): Promise<Uint8Array> {
  const zip = new yazl.ZipFile()
  for (const [name, data] of entries) zip.addBuffer(Buffer.from(data), name, { compress: false })
  zip.end()
  const parts = await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>)
  return Buffer.concat(parts)
}

const contentTypes = (main: string): Uint8Array =>
  bytes(
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
  )
const wordMain = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

const pdfOf = (size: number): Uint8Array => {
  const head = bytes('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n')
  return Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length - 6), 0x20), bytes('\n%%EOF')])
}

/** Files of many kinds, made here. */
export const samples = {
  pdf: async () => pdfOf(400),
  jpg: async () => bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', [0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9]),
  png: async () =>
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  docx: () => renderDocx(fillTemplate('application-receipt', fullCase())),
  xlsx: async (): Promise<Uint8Array> => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('甲').addRow(['一'])
    return new Uint8Array(await book.xlsx.writeBuffer())
  },
  lateDocx: () =>
    zipOf([
      ['docProps/thumbnail.jpeg', Buffer.alloc(300_000, 7)],
      ['word/document.xml', bytes('<w/>')],
      ['[Content_Types].xml', contentTypes(wordMain)],
    ]),
  docm: () =>
    zipOf([
      ['[Content_Types].xml', contentTypes('application/vnd.ms-word.document.macroEnabled.main+xml')],
      ['word/document.xml', bytes('<w/>')],
    ]),
  zip: () => zipOf([['readme.txt', bytes('hello')]]),
  html: async () => bytes('<!doctype html><html><script>alert(1)</script></html>'),
  svg: async () => bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  script: async () => bytes('#!/bin/sh\necho hello\n'),
  exe: async () => bytes('MZ', new Array<number>(126).fill(0), 'PE', [0, 0]),
  elf: async () => bytes([0x7f], 'ELF', [2, 1, 1], new Array<number>(64).fill(0)),
  doc: async () => bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], new Array<number>(600).fill(0)),
  gif: async () => bytes('GIF89a', [1, 0, 1, 0, 0, 0, 0]),
  text: async () => bytes('只是文字'),
  nothing: async () => new Uint8Array(),
}

/** A PDF of exactly so many bytes. */
export const pdfOfSize = pdfOf
