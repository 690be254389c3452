import type { CountySeal } from '@linghang/sealing'

// Each part is sealed by itself, so that neither sealing nor opening holds a whole file.
const partBytes = 1_048_576
const sealBytes = 28

/** How long a content of `bytes` is once it is sealed. */
export const sealedLength = (bytes: number): number => bytes + sealBytes * Math.ceil(bytes / partBytes)

// The number of each part and of them all is sealed in: parts cannot change places, nor the last ones be missing.
const purposeOf = (id: string, part: number, bytes: number) => `material/${id}/${part}/${Math.ceil(bytes / partBytes)}`

async function* inParts(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const piece of content) {
    held.push(Buffer.from(piece))
    heldBytes += piece.length
    if (heldBytes < size) continue
    const whole = Buffer.concat(held)
    let from = 0
    for (; whole.length - from >= size; from += size) yield whole.subarray(from, from + size)
    held = [whole.subarray(from)]
    heldBytes = whole.length - from
  }
  if (heldBytes > 0) yield Buffer.concat(held)
}

/** @param bytes how long the content is in all */
export async function* sealContent(
  seal: CountySeal,
  id: string,
  bytes: number,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let part = 0
  for await (const plain of inParts(content, partBytes)) yield seal.seal(plain, purposeOf(id, part++, bytes))
}

/** @throws Error when a part was altered, moved, or is missing at the end */
export async function* openContent(
  seal: CountySeal,
  id: string,
  bytes: number,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let part = 0
  let opened = 0
  for await (const one of inParts(sealed, partBytes + sealBytes)) {
    const plain = seal.open(one, purposeOf(id, part++, bytes))
    opened += plain.length
    yield plain
  }
  if (opened !== bytes) throw new Error(`a sealed material has ${opened} bytes instead of ${bytes}`)
}
