import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageOf } from './trace.ts'

interface Component {
  type: string
  name: string
  version?: string
  purl?: string
  [more: string]: unknown
}
interface Bill {
  serialNumber: string
  metadata: { timestamp: string; component: Component }
  components: Component[]
  dependencies?: unknown
}

let whole: Bill | undefined
/** All that is installed, in npm's own words (CycloneDX). */
const installed = (root: string): Bill => {
  const cli = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js')
  whole ??= JSON.parse(
    execFileSync(process.execPath, [cli, 'sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    }),
  ) as Bill
  return whole
}

/** Debian's records as they lie in a distroless image: a file a package, `Field: value` lines. */
function debianPackages(status: string): Component[] {
  if (!existsSync(status)) return []
  return readdirSync(status)
    .filter(file => !file.endsWith('.md5sums'))
    .toSorted()
    .map(file => {
      const record = readFileSync(join(status, file), 'utf8')
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(record)?.[1] ?? ''
      const [name, version] = [field('Package'), field('Version')]
      const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${field('Architecture')}`
      return { type: 'library', name, version, purl, 'bom-ref': purl }
    })
}

const workspaceOf = (file: string): string =>
  file.startsWith('gateway/') ? 'gateway' : file.split('/').slice(0, 2).join('/')

/** `name@version` of the packages and workspaces that files come from. */
function carriedBy(files: ReadonlySet<string>, root: string): ReadonlySet<string> {
  const manifests = [...new Set([...files].map(file => packageOf(file) ?? workspaceOf(file)))]
    .map(folder => join(root, folder, 'package.json'))
    .filter(file => existsSync(file))
  return new Set(
    manifests.map(file => {
      const { name, version } = JSON.parse(readFileSync(file, 'utf8'))
      return `${name}@${version}`
    }),
  )
}

const named = (one: string): Component => {
  const at = one.lastIndexOf('@')
  return { type: 'library', name: one.slice(0, at), version: one.slice(at + 1), 'bom-ref': one }
}

/** What an image carries, as CycloneDX: npm's packages with files in it, Node, Debian's packages. The same for the same image. */
export function billOf(options: { name: string; files: ReadonlySet<string>; root: string; status: string }): string {
  const { name, files, root, status } = options
  const { serialNumber: _random, dependencies: _ofAll, ...bill } = installed(root)
  const carried = carriedBy(files, root)
  const node = { type: 'application', name: 'node', version: process.versions.node, 'bom-ref': 'node' }
  const ours = bill.components.filter(component => carried.has(`${component.name}@${component.version}`))
  const told = new Set(ours.map(({ name, version }) => `${name}@${version}`))
  // Workspaces are links to npm, under names of their folders.
  const workspaces = [...carried].filter(one => one.startsWith('@linghang/')).toSorted()
  const untold = [...carried].filter(one => !told.has(one) && !workspaces.includes(one)).toSorted()
  const components = [
    { ...node, purl: `pkg:generic/node@${process.versions.node}` },
    ...workspaces.map(one => ({ ...named(one), licenses: [{ license: { id: 'Apache-2.0' } }] })),
    ...ours,
    // What npm leaves out of its own list is carried all the same.
    ...untold.map(one => ({ ...named(one), purl: `pkg:npm/${one.replace(/^@/, '%40')}` })),
    ...debianPackages(status),
  ]
  const hash = createHash('sha256').update(JSON.stringify(components)).digest('hex')
  const timestamp = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1_000).toISOString()
  const serialNumber = `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  const metadata = { ...bill.metadata, timestamp, component: { ...bill.metadata.component, name: `linghang-${name}` } }
  return `${JSON.stringify({ ...bill, serialNumber, metadata, components }, null, 1)}\n`
}
