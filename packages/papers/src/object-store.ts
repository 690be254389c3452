import type { Readable } from 'node:stream'

/** Where sealed papers lie. What is put is whole or not there at all. */
export type ObjectStore = {
  /**
   * @param bytes how long the content is
   * @throws when the content ends early, or the store fails; nothing is left that `get` would find
   */
  put(key: string, content: AsyncIterable<Uint8Array>, bytes: number): Promise<void>
  /** @throws ObjectMissing */
  get(key: string): Promise<Readable>
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
}

/** A row says that it is there, and the store does not have it. */
export class ObjectMissing extends Error {
  override name = 'ObjectMissing'
}

export type StoreAddress =
  | { kind: 'FOLDER'; folder: string }
  | { kind: 'S3'; bucket: string; prefix: string; endpoint: string | null; region: string }
