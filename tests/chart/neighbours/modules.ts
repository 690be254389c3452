import { existsSync } from 'node:fs'
import { cp, readFile, realpath } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

type Manifest = { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }

const manifestOf = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest

/** Where Node would find a package that a file of `from` imports, not looking above `root`. */
const findPackage = (name: string, from: string, root: string): string | undefined => {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name)
    if (existsSync(join(found, 'package.json'))) return found
    if (folder === root) return undefined
  }
}

/**
 * The folders of packages that one needs at run time, each with what it needs in its turn.
 *
 * @param names packages to begin with
 * @param root the checkout whose `node_modules` they stand in
 */
const packagesUnder = async (names: string[], root: string): Promise<string[]> => {
  const found = new Set<string>()
  const follow = async (name: string, from: string, isOptional: boolean): Promise<void> => {
    const folder = findPackage(name, from, root)
    if (folder === undefined) {
      if (isOptional) return
      throw new Error(`${name} is not installed`)
    }
    if (found.has(folder)) return
    found.add(folder)
    const { dependencies = {}, optionalDependencies = {} } = await manifestOf(folder)
    for (const next of Object.keys(dependencies)) await follow(next, folder, next in optionalDependencies)
  }
  for (const name of names) await follow(name, root, false)
  return [...found]
}

/** Copies packages and what they need into a folder, where they stand as in the checkout. */
export const copyPackages = async (names: string[], root: string, into: string): Promise<void> => {
  for (const folder of await packagesUnder(names, root)) {
    const inner = join(folder, 'node_modules')
    await cp(await realpath(folder), join(into, relative(root, folder)), {
      recursive: true,
      // What a package carries inside is copied for itself when it is needed.
      filter: source => !source.startsWith(inner),
    })
  }
}
