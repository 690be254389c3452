import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Run in an image while it is made: loads each of its programs as far as they go without an environment. So the compile
 * cache is written, and an image that lacks a file is never made.
 */
const app = process.cwd()
const refusal = /its environment is not right/
const mains: string[] = JSON.parse(readFileSync(join(app, 'mains.json'), 'utf8'))
for (const main of mains) {
  const error = await import(join(app, main)).then(
    () => (process.exitCode === 1 ? null : new Error(`${main} asks for nothing in its environment`)),
    (error: Error) => (refusal.test(error.message) ? null : error),
  )
  process.exitCode = 0
  if (error) throw error
}
