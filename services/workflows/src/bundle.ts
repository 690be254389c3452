import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Not committed; an image may carry it. */
export const bundleFolder = fileURLToPath(new URL('../.bundle/', import.meta.url))
const recordOf = (folder: string) => join(folder, 'made-from.json')
const makerPath = fileURLToPath(new URL('./make-bundle.ts', import.meta.url))

/** Which bundle was made, by which Node, and from what: each file, from the bundle's folder on, with the hash of its text. */
type MadeFrom = { code: string; node: string; inputs: [path: string, hash: string | null][] }

const hashOf = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')
/** Null for what is not there. */
function hashOfFile(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return null
  return stats.isFile() ? hashOf(readFileSync(path)) : 'FOLDER'
}

/** @returns the path of the bundle that is kept in `folder`; null where there is none of what is there now */
export function freshBundle(folder: string): string | null {
  if (!existsSync(recordOf(folder))) return null
  const { code, node, inputs }: MadeFrom = JSON.parse(readFileSync(recordOf(folder), 'utf8'))
  const isFresh =
    node === process.version &&
    existsSync(join(folder, code)) &&
    inputs.every(([path, hash]) => hashOfFile(resolve(folder, path)) === hash)
  return isFresh ? join(folder, code) : null
}

/**
 * The code of every type of workflow, as the worker and the tests run it: made once and again when anything has changed
 * that it was made from, a file that has come to be where there was none included.
 * @returns the path of the bundle
 */
export async function workflowBundle(): Promise<string> {
  const kept = freshBundle(bundleFolder)
  if (kept) return kept
  await promisify(execFile)(process.execPath, [makerPath])
  const made = freshBundle(bundleFolder)
  if (!made) throw new Error('the workflows have changed while they were bundled')
  return made
}

/** The record comes last and at once, so that no bundle is ever taken for another. */
export function keepBundle(folder: string, code: string, inputs: readonly string[]): void {
  const name = `workflows-${hashOf(code).slice(0, 16)}.cjs`
  const madeFrom: MadeFrom = {
    ...{ code: name, node: process.version },
    inputs: inputs.map(path => [relative(folder, path), hashOfFile(path)]),
  }
  for (const [path, text] of [
    [join(folder, name), code],
    [recordOf(folder), JSON.stringify(madeFrom)],
  ] as const) {
    writeFileSync(`${path}.${process.pid}`, text)
    renameSync(`${path}.${process.pid}`, path)
  }
  // Those of before, once nobody can be about to read them.
  for (const file of readdirSync(folder).filter(file => file.endsWith('.cjs') && file !== name))
    if (statSync(join(folder, file)).mtimeMs < Date.now() - 3_600_000) rmSync(join(folder, file), { force: true })
}
