import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export type Import = { file: string; target: string; isType: boolean }

/** Source files under a folder, by their path from the root; generated code and what was installed left out. */
export const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !/node_modules|prisma\/client\/|(^|\/)generated\//.test(file))
    .map(file => join(folder, file))

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
export const isTest = (file: string): boolean => file.endsWith('.test.ts')

const importing = /^(import|export)\b(?: (type)\b)?[^'"`;]*?from '([^']+)'|^import '([^']+)'/gm

/** What a file imports: packages by name, own files by their path from the root. */
export const importsOf = (file: string): Import[] =>
  [...textOf(file).matchAll(importing)].map(([, , type, from, bare]) => {
    const named = from ?? bare ?? ''
    const target = named.startsWith('.') ? relative(root, resolve(root, dirname(file), named)) : named
    return { file, target, isType: type !== undefined }
  })

const holdsSources = (folder: string): boolean => readdirSync(join(root, folder)).some(name => name.endsWith('.ts'))

/** The room of a service's file: the nearest folder above it that says what it is, or else its outermost of sources. */
export function roomOf(file: string): string {
  let room = dirname(file)
  for (let folder = room; folder.split('/').length > 3; folder = dirname(folder)) {
    if (existsSync(join(root, folder, 'room.ts'))) return folder
    if (holdsSources(folder)) room = folder
  }
  return room
}

/** The wing of a room: what stands between `src` and the room; a room that stands alone is its own. */
export const wingOf = (room: string): string => room.split('/').slice(0, 4).join('/')

/** Circles in a graph: each the nodes that can all reach each other, in order. Source: Tarjan 1972. */
export function circlesOf(arrows: readonly (readonly [string, string])[]): string[][] {
  const next = Map.groupBy(arrows, ([from]) => from)
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []
  const visit = (node: string): void => {
    index.set(node, index.size)
    low.set(node, index.get(node) as number)
    stack.push(node)
    for (const [, to] of next.get(node) ?? []) {
      if (!index.has(to)) visit(to)
      if (stack.includes(to)) low.set(node, Math.min(low.get(node) as number, low.get(to) as number))
    }
    if (low.get(node) !== index.get(node)) return
    const circle = stack.splice(stack.indexOf(node))
    if (circle.length > 1) circles.push(circle.toSorted())
  }
  for (const node of new Set(arrows.flat())) if (!index.has(node)) visit(node)
  return circles
}

/** The rooms of a service in the order of its list, bottom floor first, by their folders. */
export function floorsOf(service: string): string[] {
  const file = `services/${service}/src/service.ts`
  const text = textOf(file)
  const places = new Map(
    [...text.matchAll(/^import \{ (\w+) \} from '\.\/(.+)\/room\.ts'/gm)].map(([, name, folder]) => [
      name as string,
      `services/${service}/src/${folder}`,
    ]),
  )
  // A list of rooms may hold another one: those stand where it does.
  const listed = text
    .slice(text.indexOf('build'))
    .replace(
      /\.\.\.(\w+),/g,
      (spread, list) => new RegExp(`^const ${list} = \\[(.*?)\\]`, 'ms').exec(text)?.[1] ?? spread,
    )
  const at = (name: string): number => new RegExp(`\\b${name}\\b`).exec(listed)?.index ?? Number.POSITIVE_INFINITY
  return [...places].toSorted(([one], [other]) => at(one) - at(other)).map(([, folder]) => folder)
}
