import { describe, expect, test } from '@jest/globals'
import { archiveOf, nameInArchive } from './archive.ts'

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}
const mtime = new Date('2026-11-29T00:00:00Z')

describe('S0-10 an archive', () => {
  test('S0-10 is made file after file, each when its turn comes', async () => {
    const turns: string[] = []
    const made = (path: string) => ({
      ...{ path, mtime },
      make: async () => {
        turns.push(path)
        return Buffer.from(`content of ${path}`)
      },
    })
    const read = async function* () {
      yield Buffer.from('read through')
    }
    const bytes = await bytesOf(
      archiveOf([made('a.txt'), { path: 'b.txt', mtime, bytes: 12, open: read }, made('c.txt')]),
    )
    expect(turns).toEqual(['a.txt', 'c.txt'])
    expect(bytes.subarray(0, 2).toString()).toBe('PK')
    for (const said of ['content of a.txt', 'read through', 'content of c.txt']) expect(bytes.includes(said)).toBe(true)
  })

  test('S0-10 that cannot be made whole ends as a failure, and nobody takes it for whole', async () => {
    const broken = { path: 'b.txt', mtime, make: () => Promise.reject(new Error('no such paper')) }
    await expect(bytesOf(archiveOf([broken]))).rejects.toThrow('no such paper')
  })

  test('S0-10 has names that unpack everywhere: no separators, 240 bytes at the most, the ending kept', () => {
    expect(nameInArchive('甲/乙:丙*.docx')).toBe('甲乙丙.docx')
    expect(nameInArchive(`${'名'.repeat(78)}.docx`)).toBe(`${'名'.repeat(78)}.docx`)
    expect(nameInArchive(`${'名'.repeat(79)}.docx`)).toBe(`${'名'.repeat(78)}.docx`)
  })
})
