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
  properties?: { name: string; value: string }[]
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

const pathOf = (component: Component): string | undefined =>
  component.properties?.find(({ name }) => name === 'cdx:npm:package:path')?.value

/** What an image carries, as CycloneDX: npm's packages with files in it, Node, Debian's packages. The same for the same image. */
export function billOf(options: { name: string; files: ReadonlySet<string>; root: string; status: string }): string {
  const { name, files, root, status } = options
  const { serialNumber: _random, dependencies: _ofAll, ...bill } = installed(root)
  const carried = new Set([...files].map(file => packageOf(file) ?? workspaceOf(file)))
  const node = { type: 'application', name: 'node', version: process.versions.node, 'bom-ref': 'node' }
  const components = [
    { ...node, purl: `pkg:generic/node@${process.versions.node}` },
    ...bill.components.filter(component => carried.has(pathOf(component) ?? '')),
    ...debianPackages(status),
  ]
  const hash = createHash('sha256').update(JSON.stringify(components)).digest('hex')
  const timestamp = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1_000).toISOString()
  const serialNumber = `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  const metadata = { ...bill.metadata, timestamp, component: { ...bill.metadata.component, name: `linghang-${name}` } }
  return `${JSON.stringify({ ...bill, serialNumber, metadata, components }, null, 1)}\n`
}

const workspaceOf = (file: string): string =>
  file.startsWith('gateway/') ? 'gateway' : file.split('/').slice(0, 2).join('/')
