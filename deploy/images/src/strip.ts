import { chmodSync, closeSync, fstatSync, openSync, readSync, statSync, writeFileSync } from 'node:fs'

/**
 * Programs carry names of their parts for debuggers, a sixth of Node's size, behind all that is loaded when they run.
 * What is meant here is ELF of 64 bits, lowest byte first: every processor that Node is built for on Linux has it.
 */
const header = { bytes: 64, programsAt: 32, sectionsAt: 40, programBytes: 54, programs: 56, sections: 60, names: 62 }
const program = { fileAt: 8, fileBytes: 32 }

/** @returns how many bytes of a program are loaded when it runs; null: it is no such program */
function loadedBytes(file: number): number | null {
  const head = Buffer.alloc(header.bytes)
  readSync(file, head, 0, header.bytes, 0)
  if (head.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') return null
  const [each, count] = [head.readUInt16LE(header.programBytes), head.readUInt16LE(header.programs)]
  const table = Buffer.alloc(each * count)
  const at = Number(head.readBigUInt64LE(header.programsAt))
  readSync(file, table, 0, table.length, at)
  const ends = Array.from({ length: count }, (_, index) => {
    const part = table.subarray(index * each)
    return Number(part.readBigUInt64LE(program.fileAt) + part.readBigUInt64LE(program.fileBytes))
  })
  return Math.max(at + table.length, ...ends)
}

/** Copies a program without what is not loaded when it runs; anything else as it is. */
export function copyStripped(from: string, to: string): void {
  const file = openSync(from, 'r')
  try {
    const loaded = loadedBytes(file)
    const kept = Buffer.alloc(loaded ?? fstatSync(file).size)
    readSync(file, kept, 0, kept.length, 0)
    if (loaded !== null) {
      kept.writeBigUInt64LE(0n, header.sectionsAt)
      kept.writeUInt16LE(0, header.sections)
      kept.writeUInt16LE(0, header.names)
    }
    writeFileSync(to, kept)
    chmodSync(to, statSync(from).mode)
  } finally {
    closeSync(file)
  }
}
