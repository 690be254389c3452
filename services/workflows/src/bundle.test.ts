import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { freshBundle, keepBundle } from './bundle.ts'

test('platform a bundle is taken while all that it was made from is as it was, and never afterwards', () => {
  const root = mkdtempSync(join(tmpdir(), 'linghang-bundle-'))
  const folder = join(root, 'bundle')
  const [source, missing] = [join(root, 'source.ts'), join(root, 'source.js')]
  mkdirSync(folder)
  try {
    expect(freshBundle(folder)).toBe(null)
    writeFileSync(source, 'one')
    keepBundle(folder, 'made of one', [source, missing])
    const kept = freshBundle(folder) as string
    expect(readFileSync(kept, 'utf8')).toBe('made of one')
    writeFileSync(source, 'two')
    expect(freshBundle(folder)).toBe(null)
    writeFileSync(source, 'one')
    expect(freshBundle(folder)).toBe(kept)
    writeFileSync(missing, '')
    expect(freshBundle(folder)).toBe(null)
    rmSync(missing)
    rmSync(source)
    expect(freshBundle(folder)).toBe(null)
    writeFileSync(source, 'one')
    rmSync(kept)
    expect(freshBundle(folder)).toBe(null)
  } finally {
    rmSync(root, { recursive: true })
  }
})
