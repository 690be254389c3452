import { inflateRawSync } from 'node:zlib'

export type ZipEntry = { name: string; data: Buffer; dosDate: number }

/** The entries of a ZIP file in the order of its directory. */
export function readZip(zip: Uint8Array): ZipEntry[] {
  const bytes = Buffer.from(zip)
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const entries: ZipEntry[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map(offset => bytes.readUInt16LE(at + offset))
    const name = bytes.toString('utf8', at + 46, at + 46 + (nameBytes as number))
    const local = bytes.readUInt32LE(at + 42)
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20))
    const data = bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)
    entries.push({ name, data, dosDate: bytes.readUInt16LE(at + 14) })
    at += 46 + (nameBytes as number) + (extraBytes as number) + (commentBytes as number)
  }
  return entries
}

export const entryOf = (zip: Uint8Array, name: string): string =>
  readZip(zip)
    .find(entry => entry.name === name)
    ?.data.toString('utf8') ?? ''
