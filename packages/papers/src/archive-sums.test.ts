import { describe, expect, test } from '@jest/globals'
import { archiveOf } from './archive.ts'
import { type FileSum, type MadeFile, sha256Of, withSums } from './archive-sums.ts'

const mtime = new Date(Date.UTC(2026, 0, 1))
const text = (path: string, content = path): MadeFile => ({ path, make: async () => Buffer.from(content) })
async function bytesOf(files: readonly MadeFile[], last: Parameters<typeof withSums>[1] = []): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of archiveOf(withSums(files, last, mtime))) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('S0-26 an archive of files with their hashes', () => {
  test('S0-26 the same files are the same archive, to the byte', async () => {
    const files = [text('一.txt', '甲'), text('二.txt', '乙')]
    expect((await bytesOf(files)).equals(await bytesOf(files))).toBe(true)
  })

  test('S0-26 the second is made when the first went out, and what comes last is told what each hashes to', async () => {
    const made: string[] = []
    const noting = (path: string): MadeFile => ({
      path,
      make: async () => {
        made.push(`begun ${path}`)
        await new Promise(resolve => setImmediate(resolve))
        made.push(`done ${path}`)
        return Buffer.from(path)
      },
    })
    let told: readonly FileSum[] = []
    const index = {
      path: 'index',
      async make(sums: readonly FileSum[]) {
        told = sums
        return Buffer.from('index')
      },
    }
    await bytesOf([noting('a'), noting('b')], [index])
    expect(made).toEqual(['begun a', 'done a', 'begun b', 'done b'])
    expect(told).toEqual(['a', 'b'].map(name => ({ name, sha256: sha256Of(name) })))
  })

  test('S0-26 nothing is made before somebody reads: of many files one is in memory', async () => {
    let made = 0
    const large = Array.from({ length: 50 }, (_, i) => ({
      path: `${i}`,
      make: async () => {
        made++
        return Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(Math.random() * 256)))
      },
    }))
    const parts = archiveOf(withSums(large, [], mtime))[Symbol.asyncIterator]()
    await parts.next()
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(made).toBeLessThan(5)
    await parts.return?.()
  })

  test('S0-26 one that cannot be made breaks it off: nobody takes it for whole', async () => {
    const broken: MadeFile = { path: 'b', make: () => Promise.reject(new Error('away')) }
    await expect(bytesOf([text('a'), broken, text('c')])).rejects.toThrow('away')
  })
})
