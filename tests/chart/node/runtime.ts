import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { does, launch, waitUntil } from './inside.ts'
import { containerdSocket, type NodeSetting, placesOf } from './layout.ts'
import type { ClusterNode } from './node.ts'

/** The image that holds a pod's namespaces; made by the tests, never pulled. */
export const pauseImage = 'linghang.test/pause:1'

/** containerd's own client, on the kubelet's images and containers. */
export const ctr = ['ctr', '--address', containerdSocket, '--namespace', 'k8s.io'] as const

const runc = (): string => ['/usr/sbin/runc', '/usr/bin/runc'].find(path => existsSync(path)) ?? 'runc'

const configuration = (folder: string): string => {
  const { containerd, configuration: own } = placesOf(folder)
  return `version = 2
root = "${containerd}"
state = "/run/containerd/state"
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${join(containerd, 'opt')}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  disable_apparmor = true
  # Root of a container may not make its programs harder to kill than they are, and runc dies of the refusal.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${join(own, 'cni')}"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        BinaryName = "${runc()}"
        SystemdCgroup = false
`
}

/** Starts containerd and waits until it answers. */
export const startContainerd = async ({ folder }: NodeSetting): Promise<void> => {
  const { containerd, configuration: own, logs } = placesOf(folder)
  await mkdir(containerd, { recursive: true })
  const file = join(own, 'containerd.toml')
  await writeFile(file, configuration(folder))
  launch(logs, 'containerd', 'containerd', ['--config', file])
  const [command, ...args] = ctr
  await waitUntil('containerd answers', () => does(command, ...args, 'version'))
}

/** A node's images, seen from outside. */
export const containerImages = (node: ClusterNode) => {
  const run = async (...words: string[]): Promise<string> => {
    const { code, stdout, stderr } = await node.enter(ctr[0], [...ctr.slice(1), 'images', ...words])
    if (code !== 0) throw new Error(`ctr images ${words.join(' ').slice(0, 120)}: ${stderr.slice(-500)}`)
    return stdout
  }
  return {
    /** Puts an image archive where the kubelet finds it, under its name and under its digest. */
    load: async (file: string): Promise<void> => {
      await run('import', file)
      // A chart may name an image by its digest; nobody has pulled it under that name.
      for (const line of (await run('list')).split('\n').slice(1)) {
        const [name = '', , digest = ''] = line.split(/\s+/)
        if (name === '' || name.includes('@') || name.startsWith('sha256:')) continue
        await run('tag', '--force', name, `${name.slice(0, name.lastIndexOf(':'))}@${digest}`)
      }
    },
    /** Gives an image one more name, unless another has that already. */
    alias: async (name: string, more: string): Promise<void> => {
      const known = (await run('list', '--quiet')).split('\n')
      if (!known.includes(more)) await run('tag', name, more)
    },
  }
}

/** A node's containers, seen from outside. */
export const containersOf = (node: ClusterNode) => ({
  /** Sends a signal to the programs of containers, named as Kubernetes names them (`containerd://…`). */
  signal: async (ids: string[], signal: NodeJS.Signals): Promise<void> => {
    const { stdout } = await node.enter(ctr[0], [...ctr.slice(1), 'tasks', 'list'])
    const wanted = new Set(ids.map(id => id.slice(id.lastIndexOf('/') + 1)))
    const pids = stdout.split('\n').map(line => line.trim().split(/\s+/))
    const found = pids.filter(([id = '']) => wanted.has(id)).map(([, pid = '']) => pid)
    if (found.length > 0) await node.enter('kill', ['-s', signal.replace('SIG', ''), ...found])
  },
})
