import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { createBuilder } from './builder.ts'
import { takeSnapshot } from './snapshot.ts'
import { makeStandIns } from './stand-in.ts'

const root = join(import.meta.dirname, '../../..')
/** Downloads and layers; whoever deletes it waits longer once. */
const folder = join(process.env.XDG_CACHE_HOME?.trim() || join(homedir(), '.cache'), 'linghang-images')
const bases = { BUILD_IMAGE: 'localhost/linghang-build-base:1', RUN_IMAGE: 'localhost/linghang-run-base:1' }

/** Some three states of the checkout. */
const storeBytesAtMost = 15_000_000_000

const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

interface BuiltImage {
  name: string
  /** As a cluster knows it: `localhost/linghang-org:0.1.0`. */
  tag: string
  id: string
  file: string | null
}

/**
 * Builds images of this checkout with buildah, on bases that are made here.
 * @param out a folder, or for one image a file; none: the images stay in the builder's store
 * @param how.anew nothing that was built before is used
 */
export function buildImages(names: readonly string[], out: string | null, how: { anew?: boolean } = {}): BuiltImage[] {
  const builder = createBuilder(folder)
  builder.keepWithin(storeBytesAtMost)
  if (!builder.has(bases.RUN_IMAGE) || !builder.has(bases.BUILD_IMAGE)) {
    const made = makeStandIns(join(folder, 'bases'))
    builder.base(bases.RUN_IMAGE, made.run)
    builder.base(bases.BUILD_IMAGE, made.build)
  }
  const fileOf = (name: string): string | null => {
    if (out === null) return null
    if (names.length === 1 && !statSync(out, { throwIfNoEntry: false })?.isDirectory()) return resolve(out)
    mkdirSync(out, { recursive: true })
    return resolve(out, `linghang-${name}.tar`)
  }
  const context = join(folder, 'context')
  const commit = takeSnapshot(root, context)
  return names.map(name => {
    const [tag, file] = [`localhost/linghang-${name}:${version}`, fileOf(name)]
    const given = { ...bases, WORKSPACE: name, VERSION: version, COMMIT: commit }
    const id = builder.build({ tag, context, arguments: given, ...how })
    if (file) builder.write(tag, file)
    return { name, tag, id, file }
  })
}
