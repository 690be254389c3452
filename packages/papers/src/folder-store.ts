import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ObjectMissing, type ObjectStore } from './object-store.ts'

/** Papers in a folder: written aside and renamed, so that a kill in the middle leaves nothing under the real name. */
export function createFolderStore(folder: string): ObjectStore {
  const pathOf = (key: string) => join(folder, key)
  return {
    async put(key, content) {
      const path = pathOf(key)
      const aside = `${path}.part`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      // Opened before anything is read: a stream that opens by itself may do so after a break has swept up behind it.
      const file = await open(aside, 'w', 0o600)
      try {
        await pipeline(Readable.from(content), file.createWriteStream({ flush: true }))
        await rename(aside, path)
      } catch (error) {
        await rm(aside, { force: true })
        throw error
      }
    },
    async get(key) {
      const file = await open(pathOf(key)).catch(error => {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new ObjectMissing(key) : error
      })
      return createReadStream('', { fd: file, autoClose: true })
    },
    async delete(key) {
      await rm(pathOf(key), { force: true })
      await rm(`${pathOf(key)}.part`, { force: true })
    },
  }
}
