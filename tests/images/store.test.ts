import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createBuilder } from '../../deploy/images/src/builder.ts'

const tag = 'localhost/linghang-kept:1'
const megabyte = 1_000_000

test.each([
  ['within', 3 * megabyte, true],
  ['over', megabyte, false],
])('platform a store that is %s its bound keeps what it has, or all of it goes', (_how, bytes, keeps) => {
  const folder = mkdtempSync(join(tmpdir(), 'linghang-store-'))
  try {
    const builder = createBuilder(join(folder, 'builder'))
    const root = join(folder, 'root')
    mkdirSync(root)
    writeFileSync(join(root, 'file'), Buffer.alloc(2 * megabyte, 1))
    builder.base(tag, root)
    builder.keepWithin(bytes)
    expect(builder.has(tag)).toBe(keeps)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
