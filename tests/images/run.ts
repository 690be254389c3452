import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildImages } from '../../deploy/images/src/build-images.ts'
import { images } from '../../deploy/images/src/images.ts'
import { publishImages } from './built.ts'
import { tableOf } from './measured.ts'
import { unpack } from './unpacked.ts'

/**
 * `npm run test:images`: builds the images (a builder's store keeps what has not changed) and tests what they carry and
 * how they run. Names of images: those alone, and org, which is run against real servers; `--tests`: files of tests by a
 * part of their name. It mounts and changes users, so it is run as root.
 */
const root = join(import.meta.dirname, '../..')
const folder = join(root, '.linghang/images')
mkdirSync(folder, { recursive: true })
const { values, positionals: named } = parseArgs({ options: { tests: { type: 'string' } }, allowPositionals: true })
const names = images
  .map(({ name }) => name)
  .filter(name => named.length === 0 || name === 'org' || named.includes(name))
const unpacked = buildImages(names, folder).map(({ name, file }) => unpack(name, file as string, folder))
const { status } = spawnSync(
  process.execPath,
  [
    ...['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')],
    ...['--config', join(root, 'tests/images/jest.config.mjs'), '--runInBand'],
    ...(values.tests === undefined ? [] : [values.tests]),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...publishImages(unpacked) } },
)
console.log(tableOf(unpacked))
process.exitCode = status ?? 1
