import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { nodeFileTrace } from '@vercel/nft'

/** Temporal's way to make bundles: an image carries its bundle, so of a bundler only what loads with it is wanted. */
const bundler = 'node_modules/@temporalio/worker/lib/workflow/bundler.js'

/** What is found by name and never run here: other machines' binaries, and the explorer of the API (EXPLORER). */
const elsewhere = (file: string): boolean =>
  (file.includes('@temporalio/core-bridge/releases/') && !file.includes(`/releases/${release}/`)) ||
  file.startsWith('node_modules/@graphql-yoga/render-graphiql/') ||
  file.endsWith('.map')

const release = `${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch as 'x64' | 'arm64']}-unknown-linux-gnu`

/** Text of a file without its types; null where there is none, as the tracer wants it. */
async function read(path: string): Promise<string | Buffer | null> {
  try {
    const text = readFileSync(path)
    return /(?<!\.d)\.[mc]?ts$/.test(path) ? stripTypeScriptTypes(text.toString()) : text
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

/** Threads of our own: `new Worker(new URL('./file.ts', …))` names a program that nothing imports. */
const threadsOf = (root: string, files: readonly string[]): string[] =>
  files
    .filter(file => !file.includes('node_modules/') && file.endsWith('.ts'))
    .flatMap(file =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/new Worker\(\s*new URL\('(\.[^']+)'/g)].map(([, to]) =>
        relative(root, join(root, file, '..', to as string)),
      ),
    )

/** What Node reads to find a file of a package: its package.json, and those of folders within it. */
function manifestsOf(root: string, file: string): string[] {
  const above = packageOf(file)
  if (above === null) return []
  const within = relative(above, dirname(file)).split('/')
  const folders = [above, ...within.map((_, index) => join(above, ...within.slice(0, index + 1)))]
  return folders.map(folder => join(folder, 'package.json')).filter(manifest => existsSync(join(root, manifest)))
}

/** The files of packages that a file loads, with what Node finds them by. */
export const loadedWith = (root: string, file: string): string[] =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['-e', 'require(process.argv[1]); console.log(JSON.stringify(Object.keys(require.cache)))', join(root, file)],
      { cwd: root, encoding: 'utf8' },
    ),
  )
    .filter((path: string) => path.startsWith(root))
    .map((path: string) => relative(root, path))
    .flatMap((file: string) => [file, ...manifestsOf(root, file)])

/**
 * The files that programs may load, found by reading them: what an install brings is thirty times as much.
 * @param options.without files that they name and never load
 * @param options.cache shared by calls: many files are in every image
 * @returns paths from `root` on, links of workspaces included
 */
export async function filesOf(options: {
  root: string
  mains: readonly string[]
  without?: RegExp
  cache: object
}): Promise<ReadonlySet<string>> {
  const { root, without, cache } = options
  const found = new Set<string>()
  let mains = [...options.mains]
  while (mains.length > 0) {
    const { fileList } = await nodeFileTrace(
      mains.map(main => join(root, main)),
      {
        base: root,
        processCwd: root,
        ts: true,
        readFile: read,
        cache,
        ignore: file => elsewhere(file) || file === bundler || (without?.test(file) ?? false),
      },
    )
    for (const file of fileList) found.add(file)
    mains = threadsOf(root, [...fileList]).filter(thread => !found.has(thread))
  }
  if (found.has('node_modules/@temporalio/worker/package.json') && existsSync(join(root, bundler)))
    for (const file of loadedWith(root, bundler)) found.add(file)
  return new Set([...found].filter(file => !elsewhere(file)))
}

/** The folder of the package that a file belongs to; null for a workspace's. */
export const packageOf = (file: string): string | null =>
  /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? null
