import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { copyStripped } from './strip.ts'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'linghang-strip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('platform a program is smaller without what is not loaded, and runs', () => {
  const small = join(folder, 'node')
  copyStripped(process.execPath, small)
  expect(statSync(small).size).toBeLessThan(statSync(process.execPath).size * 0.9)
  const versions = (node: string) => execFileSync(node, ['-p', 'process.versions.node + process.versions.v8'])
  expect(versions(small)).toEqual(versions(process.execPath))
})

test('platform a library is loaded as before', () => {
  const native = 'node_modules/@temporalio/core-bridge/releases'
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64'
  const [library = ''] = globSync(`${native}/${machine}-unknown-linux-gnu/*.node`, { cwd: root })
  const small = join(folder, 'index.node')
  copyStripped(join(root, library), small)
  expect(statSync(small).size).toBeLessThan(statSync(join(root, library)).size * 0.9)
  const names = (file: string) =>
    execFileSync(process.execPath, ['-p', 'Object.keys(require(process.argv[1])).join()', file], { encoding: 'utf8' })
  expect(names(small)).toBe(names(join(root, library)))
  expect(names(small)).toContain('newRuntime')
})

test('platform what is no program is copied as it is', () => {
  const text = join(folder, 'text')
  writeFileSync(text, 'export const one = 1\n')
  copyStripped(text, join(folder, 'copy'))
  expect(readFileSync(join(folder, 'copy'), 'utf8')).toBe('export const one = 1\n')
})
