import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Run in an image while it is made: starts each of its programs, which goes as far as it does without an environment and
 * without arguments. So the compile cache is written, and an image that lacks a file is never made. Each is a process
 * of its own, since one that ends itself would take the ones behind it with it.
 */
const app = process.cwd()
const refusal = /its environment is not right|用法 \(usage\)/
const mains: string[] = JSON.parse(readFileSync(join(app, 'mains.json'), 'utf8'))
for (const main of mains) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, main], {
    cwd: app,
    encoding: 'utf8',
  })
  const said = `${stdout}${stderr}`
  if (status === 0) throw new Error(`${main} asks for nothing`)
  if (!refusal.test(said)) throw new Error(`${main} ended with ${status}: ${said}`)
}
