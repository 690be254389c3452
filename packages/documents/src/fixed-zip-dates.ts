/** 1980-01-01 00:00, the first moment that a ZIP entry can have. */
const dosTime = 0
const dosDate = 0x21

const endSignature = 0x06054b50
const centralSignature = 0x02014b50

/**
 * Gives every entry of a ZIP file the same date: a document that says the same must be the same, byte for byte, or its
 * hash would tell of a change where there is none.
 * @throws Error when it is no ZIP file
 */
export function fixZipDates(zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip)
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end--
  if (end < 0) throw new Error('no ZIP file: its directory was not found')
  const entries = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  for (let n = 0; n < entries; n++) {
    if (bytes.readUInt32LE(at) !== centralSignature) throw new Error('no ZIP file: its directory is broken')
    const local = bytes.readUInt32LE(at + 42)
    for (const field of [at + 12, local + 10]) {
      bytes.writeUInt16LE(dosTime, field)
      bytes.writeUInt16LE(dosDate, field + 2)
    }
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return bytes
}
