/** The stream cut into parts of one size, the last as it comes out, whatever sizes it comes in. */
export async function* inParts(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let bytes = 0
  for await (const piece of stream) {
    held.push(Buffer.from(piece))
    bytes += piece.length
    if (bytes < size) continue
    const whole = Buffer.concat(held)
    let from = 0
    for (; whole.length - from >= size; from += size) yield whole.subarray(from, from + size)
    held = [whole.subarray(from)]
    bytes = whole.length - from
  }
  if (bytes > 0) yield Buffer.concat(held)
}
