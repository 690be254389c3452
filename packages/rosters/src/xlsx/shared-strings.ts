const INITIAL_BYTES = 64 * 1024

/**
 * The texts of a workbook, which cells name by number. They are kept as UTF-8 in one growing buffer: a district's half
 * million ID numbers, phones and names cost their bytes, not a JavaScript string each.
 */
export function createSharedStrings() {
  let bytes = Buffer.allocUnsafe(INITIAL_BYTES)
  let ends = new Uint32Array(1024)
  let count = 0
  let used = 0

  function grow(wantedBytes: number): void {
    if (wantedBytes > bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, wantedBytes))
      bytes.copy(larger, 0, 0, used)
      bytes = larger
    }
    if (count === ends.length) {
      const longer = new Uint32Array(ends.length * 2)
      longer.set(ends)
      ends = longer
    }
  }

  return {
    add(text: string): void {
      grow(used + Buffer.byteLength(text))
      used += bytes.write(text, used)
      ends[count++] = used
    },
    /** The text of a number, or undefined when the workbook has no such text. */
    get(index: number): string | undefined {
      if (!Number.isInteger(index) || index < 0 || index >= count) return undefined
      return bytes.toString('utf8', index === 0 ? 0 : ends[index - 1]!, ends[index]!)
    },
    get count(): number {
      return count
    },
    get bytes(): number {
      return used
    },
  }
}

export type SharedStrings = ReturnType<typeof createSharedStrings>
