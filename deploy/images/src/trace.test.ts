import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { loadedWith } from './trace.ts'

test('platform what a file loads comes with what Node finds it by: manifests of packages and of folders in them', () => {
  const root = mkdtempSync(join(tmpdir(), 'linghang-trace-'))
  try {
    for (const [file, text] of Object.entries({
      'bundler.js': `require('one'); require('@of/two')`,
      'node_modules/one/package.json': '{ "main": "lib/at.js" }',
      'node_modules/one/lib/at.js': `require('./inner')`,
      'node_modules/one/lib/inner/package.json': '{ "main": "in.js" }',
      'node_modules/one/lib/inner/in.js': '',
      'node_modules/one/lib/never.js': '',
      'node_modules/@of/two/package.json': '{}',
      'node_modules/@of/two/index.js': '',
      'node_modules/three/package.json': '{}',
    })) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    expect([...new Set(loadedWith(root, 'bundler.js'))].sort()).toEqual([
      'bundler.js',
      'node_modules/@of/two/index.js',
      'node_modules/@of/two/package.json',
      'node_modules/one/lib/at.js',
      'node_modules/one/lib/inner/in.js',
      'node_modules/one/lib/inner/package.json',
      'node_modules/one/package.json',
    ])
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
