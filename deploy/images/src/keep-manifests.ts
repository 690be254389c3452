import { cpSync, globSync, mkdirSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Usage: keep-manifests.ts FOLDER: what decides what is installed, and nothing else, so that a builder can tell. */
const [to = ''] = process.argv.slice(2)
for (const file of [
  'package-lock.json',
  '.npmrc',
  ...globSync(['package.json', '{deploy,packages,services,examples}/*/package.json', '{gateway,tests}/package.json']),
]) {
  const kept = join(to, file)
  mkdirSync(dirname(kept), { recursive: true })
  cpSync(file, kept)
  utimesSync(kept, 0, 0)
}
