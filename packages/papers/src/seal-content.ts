import { type CountySeal, inParts } from '@linghang/sealing'

// Each part is sealed by itself, so that neither sealing nor opening holds a whole file.
const partBytes = 1_048_576
const sealBytes = 28

/** How long a content of `bytes` is once it is sealed. */
export const sealedLength = (bytes: number): number => bytes + sealBytes * Math.ceil(bytes / partBytes)

// The number of each part and of them all is sealed in: parts cannot change places, nor the last ones be missing.
const purposeOf = (id: string, part: number, bytes: number) => `material/${id}/${part}/${Math.ceil(bytes / partBytes)}`

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
