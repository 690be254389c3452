import { fileURLToPath } from 'node:url'
import { createFolderStore } from './folder-store.ts'
import type { ObjectStore, StoreAddress } from './object-store.ts'
import { createS3Store } from './s3-store.ts'
import { watchRoom } from './watch-room.ts'
import { watched } from './watch-store.ts'

const standardRegion = 'us-east-1'

/**
 * Reads where papers lie: `file:///folder`, or `s3://bucket/prefix?endpoint=https://store:9000&region=...`.
 * @returns null when it is neither
 */
export function parseStoreAddress(text: string): StoreAddress | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol === 'file:') return url.host === '' ? { kind: 'FOLDER', folder: fileURLToPath(url) } : null
  if (url.protocol !== 's3:' || url.host === '') return null
  const endpoint = url.searchParams.get('endpoint')
  if (endpoint !== null && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : '')) return null
  const prefix = url.pathname.replaceAll(/^\/+|\/+$/g, '')
  return {
    kind: 'S3',
    bucket: url.host,
    prefix: prefix && `${prefix}/`,
    endpoint,
    region: url.searchParams.get('region') ?? standardRegion,
  }
}

/**
 * The store at an address.
 * @param present the keys as they are now: they may be changed
 * @throws Error when a bucket comes without its keys
 */
export function openStore(
  address: StoreAddress,
  present: () => { accessKeyId: string | undefined; secretAccessKey: string | undefined },
): ObjectStore & { close?(): void } {
  if (address.kind === 'FOLDER') {
    watchRoom(address.folder)
    return watched(createFolderStore(address.folder))
  }
  const keys = () => {
    const { accessKeyId, secretAccessKey } = present()
    if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey }
    throw new Error('MATERIALS_STORE names a bucket: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are missing (缺少)')
  }
  keys()
  return watched(createS3Store(address, keys))
}
