import { TableError } from './table-error.ts'

export type Encoding = 'UTF-8' | 'GB18030'

const labels = { 'UTF-8': 'utf-8', GB18030: 'gb18030' } as const

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte)

/** What the first bytes say a file is; only a table is read further. */
export function sniffFormat(head: Uint8Array): 'CSV' | 'XLSX' {
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return 'XLSX'
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new TableError('FORMAT_NOT_SUPPORTED', {
      zh: '这是旧版 Excel（.xls）或加密的工作簿，请打开后另存为 .xlsx 或 CSV（UTF-8）再导入；有密码的请先去掉密码',
      en: 'this is an old Excel workbook (.xls) or an encrypted one; save it as .xlsx or as CSV (UTF-8), and take a password off first',
    })
  }
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46)) {
    throw new TableError('FORMAT_NOT_SUPPORTED', {
      zh: '这是 PDF 文件，请导入 .xlsx 或 CSV 表格',
      en: 'this is a PDF; hand in an .xlsx or a CSV table',
    })
  }
  if (
    startsWith(head, 0x52, 0x61, 0x72, 0x21) ||
    startsWith(head, 0x37, 0x7a, 0xbc, 0xaf) ||
    startsWith(head, 0x1f, 0x8b)
  ) {
    throw new TableError('FORMAT_NOT_SUPPORTED', {
      zh: '这是压缩包，请解压后导入其中的 .xlsx 或 CSV 表格',
      en: 'this is an archive; unpack it and hand in the .xlsx or CSV table in it',
    })
  }
  if (
    /^\s*(<!doctype html|<html|<table|<\?xml)/i.test(
      Buffer.from(head.subarray(0, 512))
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, ''),
    )
  ) {
    throw new TableError('FORMAT_NOT_SUPPORTED', {
      zh: '这是网页表格（有些系统把它命名为 .xls），请用表格软件打开后另存为 .xlsx',
      en: 'this is a web page (some systems call it .xls); open it in a spreadsheet and save it as .xlsx',
    })
  }
  if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)) throw encodingNotSupported('UTF-16', null)
  // No text of ours holds a zero byte, and no database a text with one.
  if (head.includes(0)) {
    throw new TableError('FORMAT_NOT_SUPPORTED', {
      zh: '这不是文本表格（含有空字节），请用表格软件另存为 .xlsx 或 CSV（UTF-8）',
      en: 'this is not a table of text (it holds zero bytes); save it as .xlsx or CSV (UTF-8) with a spreadsheet',
    })
  }
  return 'CSV'
}

function decodes(head: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(labels[encoding], { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * The encoding of a CSV from its first bytes. UTF-8 is tried first: Chinese in GB18030 is not valid UTF-8 for longer
 * than a few characters, while nearly all UTF-8 is also valid GB18030. Bytes that are neither are refused.
 */
export function sniffEncoding(head: Uint8Array): Encoding {
  if (decodes(head, 'UTF-8')) return 'UTF-8'
  if (decodes(head, 'GB18030')) return 'GB18030'
  throw encodingNotSupported('', null)
}

/** Decodes a stream strictly: the first wrong byte ends it, naming the line, and nothing is replaced by a guess. */
export async function* decodeStream(stream: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(labels[encoding], { fatal: true })
  let lines = 1
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      throw encodingNotSupported(encoding, lines)
    }
  }
  for await (const chunk of stream) {
    // Pieces of a kilobyte, so that the line that an error names is at most a few lines off.
    for (let start = 0; start < chunk.byteLength; start += 1024) {
      const text = decode(chunk.subarray(start, start + 1024))
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
      if (text) yield text
    }
  }
  const rest = decode()
  if (rest) yield rest
}

function encodingNotSupported(tried: string, line: number | null): TableError {
  const zh = line === null ? '' : `第 ${line} 行附近有不是 ${tried} 的字节；`
  const en = line === null ? '' : `near line ${line} there are bytes that are not ${tried}; `
  return new TableError(
    'ENCODING_NOT_SUPPORTED',
    {
      zh: `${zh}文件编码应为 UTF-8（带或不带 BOM）或 GB18030/GBK，请在表格软件中另存为“CSV UTF-8”或 .xlsx`,
      en: `${en}the encoding must be UTF-8 (with or without BOM) or GB18030/GBK; save it as “CSV UTF-8” or .xlsx`,
    },
    line,
  )
}
